import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { getBusiness } from '#contract/business.ts'
import type { Answer } from '#contract/endpoint.ts'
import type { getIncentiveOverview } from '#contract/incentives.ts'
import { query } from '#src/api/query.ts'
import { CertificationLine } from '#src/components/CertificationLine.tsx'
import { Section } from '#src/components/Section.tsx'
import { formatClock, formatDay, zoneName } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { DeadlineList } from './DeadlineList.tsx'
import { Figures } from './Figures.tsx'
import { Waterfall } from './Waterfall.tsx'

/** What was earned, what of it can be requested and why not all, and what waits until when. */
export function OverviewTab({ overview: { figures, deadlines, nextPeriod, opportunity, asOf } }: { overview: Answer<typeof getIncentiveOverview> }) {
  const { t } = useTranslation()
  return (
    <>
      {figures && <Certification />}
      {figures ? <Figures figures={figures} /> : <p className="second only-lines">{t('incentives.only_lines')}</p>}
      <DeadlineList deadlines={deadlines} nextPeriod={nextPeriod} />
      {figures && <Waterfall title={t('incentives.composition')} bars={figures.bars} linesOf={(bar) => paths.incentives({ tab: 'lines', bar })} />}
      {opportunity !== 'hidden' && <Section title={t('incentives.figure.opportunity')}><p className="second opportunity">{t(`incentives.opportunity_${opportunity}`)}</p></Section>}
      <div className="foot">{t('incentives.foot', { time: `${formatDay(asOf)} ${formatClock(asOf)}`, zone: zoneName(asOf) })}</div>
    </>
  )
}

/** Of interest only to whoever may do something about it or asks for payments. */
function Certification() {
  const mayCertify = useCan('profile.business')
  const mayRequest = useCan('incentive.request')
  const isTold = mayCertify || mayRequest
  const { data } = useQuery({ ...query(getBusiness, {}), enabled: isTold })
  if (data) return <CertificationLine business={data} hasLink={mayCertify} />
  // Its room stands from the start, so that the figures do not jump.
  return isTold && <p className="certification" />
}
