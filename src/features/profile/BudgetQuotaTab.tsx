import './customer-settings.css'
import { useQuery } from '@tanstack/react-query'
import type { Answer } from '#contract/endpoint.ts'
import { getBudgetQuota } from '#contract/profile.ts'
import { query } from '#src/api/query.ts'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Ledger } from '#src/components/Ledger.tsx'
import { Section } from '#src/components/Section.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { useTranslation } from '#src/i18n/use-translation.ts'

type Quotas = Answer<typeof getBudgetQuota>

/** How much a reseller may give its customers as budgets, and how much of it is given. */
export function BudgetQuotaTab() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(query(getBudgetQuota, {}))
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} />
  return (
    <Section title={t('customer_settings.quota.title')} note={t('customer_settings.quota.note')}>
      <Quota kind="monthly" quota={data.monthly} />
      <Quota kind="oneTime" quota={data.oneTime} />
      <p className="caption">{t('customer_settings.quota.explain')}</p>
    </Section>
  )
}

function Quota({ kind, quota }: { kind: keyof Quotas; quota: Quotas[keyof Quotas] }) {
  const { t } = useTranslation()
  return (
    <section className="budget-quota" aria-label={t(`customer_settings.quota.${kind}`)}>
      <h3>{t(`customer_settings.quota.${kind}`)}</h3>
      {quota
        ? <Ledger lines={[{ key: 'granted', label: t('customer_settings.quota.granted'), amount: quota.granted }, { key: 'used', label: t('customer_settings.quota.used'), amount: quota.used, isMinus: true }]} sum={{ label: t('customer_settings.quota.left'), amount: quota.left }} />
        : <p className="second">{t('customer_settings.quota.none')}</p>}
    </section>
  )
}
