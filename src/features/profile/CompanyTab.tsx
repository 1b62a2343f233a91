import './company.css'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useSearchParams } from 'react-router'
import { getCompany } from '#contract/company.ts'
import type { Answer } from '#contract/endpoint.ts'
import { query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Section } from '#src/components/Section.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { ChangeRecord } from './ChangeRecord.tsx'
import { CompanyFacts } from './CompanyFacts.tsx'
import { CompanyReview } from './CompanyReview.tsx'
import { WithdrawQuestion } from './WithdrawQuestion.tsx'

const EditCompany = lazy(async () => ({ default: (await import('./EditCompany.tsx')).EditCompany }))
export type Company = Answer<typeof getCompany>

/** What counts about the company, the change that waits or was rejected, and the way to the next one. */
export function CompanyTab() {
  const { data, error, refetch } = useQuery(query(getCompany, {}))
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={10} />
  return <Content company={data} />
}

function Content({ company }: { company: Company }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'edit' | 'withdraw'>()
  const { isRecordOpen, recordLink, closeRecord } = useRecord()
  const mayRead = useCan('partner.settings')
  const canEdit = company.mayEdit && company.state !== 'UNDER_REVIEW'
  const start = company.state === 'REJECTED' && company.change ? company.change.after : company.data
  return (
    <>
      <Section
        title={t('company.title')} note={t('company.shared')}
        action={canEdit && <Button variant="primary" aria-haspopup="dialog" onPress={() => setOpen('edit')}>{t(company.state === 'REJECTED' ? 'company.edit_again' : 'company.edit')}</Button>}
      >
        <CompanyReview company={company} onWithdraw={company.mayEdit ? () => setOpen('withdraw') : undefined} />
        {company.state !== 'CURRENT' && <h3 className="in-force">{t('company.in_force')}</h3>}
        <CompanyFacts company={company} />
        {company.creditCode === '' && <p className="caption">{t('company.not_entered')}</p>}
        <p className="caption">{t(mayRead ? 'company.fixed' : 'company.only_administrators')} <Link className="text-link" to={recordLink} preventScrollReset>{t('company.record')}</Link></p>
      </Section>
      {mayRead && <Related />}
      <Suspense>{open === 'edit' && <EditCompany company={company} start={start} onClose={() => setOpen(undefined)} />}</Suspense>
      {open === 'withdraw' && company.change && <WithdrawQuestion change={company.change} onClose={() => setOpen(undefined)} />}
      {isRecordOpen && <ChangeRecord onClose={closeRecord} />}
    </>
  )
}

/** The record stands in the address, so that it can be linked. */
function useRecord() {
  const [search, setSearch] = useSearchParams()
  const open = new URLSearchParams(search)
  open.set('open', 'record')
  const closeRecord = () => setSearch((present) => {
    const next = new URLSearchParams(present)
    next.delete('open')
    return next
  }, { replace: true, preventScrollReset: true })
  return { isRecordOpen: search.get('open') === 'record', recordLink: { search: String(open) }, closeRecord }
}

function Related() {
  const { t } = useTranslation()
  return (
    <Section title={t('company.related')}>
      <ul className="related">
        {(['cases', 'agreements'] as const).map((what) => (
          <li key={what}>
            <span className="stack"><span>{t(`company.${what}`)}</span><span>{t(`company.${what}_note`)}</span></span>
            <Link className="row-action" to={paths[what]()} aria-label={t('company.open_of', { what: t(`company.${what}`) })}>{t('company.open')}</Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
