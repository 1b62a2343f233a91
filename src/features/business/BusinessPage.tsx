import './business.css'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { type Business, type BusinessStep, getBusiness } from '#contract/business.ts'
import { query } from '#src/api/query.ts'
import { BusinessChecks } from '#src/components/BusinessChecks.tsx'
import { Button } from '#src/components/Button.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { Section } from '#src/components/Section.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { BusinessFacts } from './BusinessFacts.tsx'
import { BusinessState } from './BusinessState.tsx'
import { stateTone } from './labels.ts'
import { TestPayment } from './TestPayment.tsx'

const BusinessForm = lazy(async () => ({ default: (await import('./BusinessForm.tsx')).BusinessForm }))

/** Who is paid: what is missing until incentives can be settled, what was handed in, and the test payment. */
export function BusinessPage() {
  const { t } = useTranslation()
  const mayView = useCan('profile.business')
  if (mayView) return <RevealProvider page="/profile/business" subject="business"><BusinessContent /></RevealProvider>
  return <Page name="business" isNarrow><PageHead title={t('business.title')} /><EmptyState kind="no-right" title={t('business.no_right')} text={t('business.no_right_text')} /></Page>
}

function BusinessContent() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(query(getBusiness, {}))
  const [isEditing, setEditing] = useState(false)
  return (
    <Page name="business" isNarrow>
      <PageHead
        title={t('business.title')} crumb={{ to: paths.profile('company'), label: t('profile.title') }} actions={data && <Edit business={data} onEdit={() => setEditing(true)} />}
        beside={data && <StatusTag tone={stateTone[data.state]} isPlain={data.state === 'CERTIFIED'}>{t(`business.state.${data.state}`)}</StatusTag>}
      />
      {data ? <Loaded business={data} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={10} />}
      <Suspense>{isEditing && data && <BusinessForm business={data} onClose={() => setEditing(false)} />}</Suspense>
    </Page>
  )
}

/** The page's button: primary while handing in is what comes next, and with its reason while nothing can be handed in. */
function Edit({ business: { state, mayEdit, checks, submitted }, onEdit }: { business: Business; onEdit: () => void }) {
  const { t } = useTranslation()
  const isOpen = (wanted: BusinessStep) => checks.some(({ step, isDone }) => step === wanted && !isDone)
  const why = mayEdit ? undefined : isOpen('company_data') ? t('business.no_company') : state === 'LOCKED' ? t('business.locked') : state === 'TEST_PAYMENT' ? t('business.test_first') : t('business.waits')
  const isNext = mayEdit && (state !== 'CERTIFIED' || isOpen('name'))
  return <Button variant={isNext ? 'primary' : 'secondary'} aria-haspopup="dialog" disabledReason={why} onPress={onEdit}>{t(state === 'FAILED' ? 'business.edit_again' : submitted === null ? 'business.submit_first' : 'business.edit')}</Button>
}

function Loaded({ business }: { business: Business }) {
  const { t } = useTranslation()
  const left = business.checks.filter(({ isDone }) => !isDone).length
  return (
    <div className="two business">
      <div>
        <BusinessState business={business} />
        {business.state === 'TEST_PAYMENT' && business.test && <TestPayment test={business.test} />}
        <BusinessFacts business={business} />
      </div>
      <aside>
        <Section title={t('business.checklist')} note={left === 0 ? t('business.checklist_done') : t('business.checklist_left', { count: left })}>
          <BusinessChecks checks={business.checks} />
          <p className="caption">{t('business.separate')}</p>
        </Section>
      </aside>
    </div>
  )
}
