import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Quota } from '#contract/coupons.ts'
import { Labelled } from '#src/components/Labelled.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { Select } from '#src/components/Select.tsx'
import { lastDay } from '#src/coupons/last-day.ts'
import { formatMoney } from '#src/lib/format.ts'
import { usePhone } from '#src/lib/use-media.ts'
import { QuotaLimits } from './QuotaLimits.tsx'
import type { IssueState } from './use-issue-form.ts'

/** From which quota, and what it allows. */
export function QuotaChoice({ quotas, form }: { quotas: readonly Quota[]; form: IssueState }) {
  const { t } = useTranslation()
  const isPhone = usePhone()
  const { quota } = form
  return (
    <div className="quota-choice">
      {form.isGone && <Notice tone="warning">{t('coupons.issuing.quota_gone')}</Notice>}
      {/* A phone has no room for the day in the closed list. */}
      <Labelled label={t('coupons.issuing.quota')} isRequired hint={isPhone && quota && t('coupons.issuing.quota_until', { day: lastDay(quota.validTo) })}>
        {(wiring) => (
          <Select
            {...wiring} value={quota?.id ?? ''} onChange={form.chooseQuota} {...(!quota && { empty: t('coupons.issuing.quota_choose') })}
            options={quotas.map((one) => ({ value: one.id, label: t('coupons.issuing.quota_option', { number: one.number, left: formatMoney(one.left), day: lastDay(one.validTo) }) }))}
          />
        )}
      </Labelled>
      {quota && <details className="more"><summary>{t('coupons.issuing.limits')}</summary><QuotaLimits quota={quota} /></details>}
    </div>
  )
}
