import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Answer } from '#contract/endpoint.ts'
import type { getHome } from '#contract/home.ts'
import { Facts } from '#src/components/Facts.tsx'
import { Section } from '#src/components/Section.tsx'
import { formatCount } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useSession } from '#src/session/use-session.ts'

/** How many customers of which kind, within what the person sees. @param hasLinks whether the person may open the list. */
export function CustomerFigures({ figures, hasLinks }: { figures: Answer<typeof getHome>['customers']; hasLinks: boolean }) {
  const { t } = useTranslation()
  const { member } = useSession()
  const isScoped = member.reach !== 'partner'
  const number = (count: number, to?: string) => (to && hasLinks && count > 0 ? <Link to={to}>{formatCount(count)}</Link> : formatCount(count))
  return (
    <Section title={t('home.customers')}>
      <Facts facts={[
        { key: 'total', label: t('home.customers_total'), value: <b className="strong">{number(figures.total, paths.customers())}</b> },
        { key: 'resale', label: t('home.customers_resale'), value: number(figures.resale, paths.customers({ associationType: 'RESALE' })) },
        { key: 'referral', label: t('home.customers_referral'), value: number(figures.referral, paths.customers({ associationType: 'REFERRAL' })) },
        { key: 'frozen', label: t('home.customers_frozen'), value: number(figures.frozen, paths.customers({ state: 'frozen' })) },
      ]} />
      {isScoped && <p className="caption">{t('home.scope_note')}</p>}
    </Section>
  )
}
