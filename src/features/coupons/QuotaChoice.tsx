import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Quota } from '#contract/coupons.ts'
import { Labelled } from '#src/components/Labelled.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { Select } from '#src/components/Select.tsx'
import { useQuotaOptions } from '#src/coupons/use-quota-options.ts'
import { QuotaLimits } from './QuotaLimits.tsx'
import type { IssueState } from './use-issue-form.ts'

/** From which quota, and what it allows. */
export function QuotaChoice({ quotas, form }: { quotas: readonly Quota[]; form: IssueState }) {
  const { t } = useTranslation()
  const { quota } = form
  const { options, hint } = useQuotaOptions(quotas, quota)
  return (
    <div className="quota-choice">
      {form.isGone && <Notice tone="warning">{t('coupons.issuing.quota_gone')}</Notice>}
      <Labelled label={t('coupons.issuing.quota')} isRequired hint={hint}>
        {(wiring) => <Select {...wiring} value={quota?.id ?? ''} onChange={form.chooseQuota} {...(!quota && { empty: t('coupons.issuing.quota_choose') })} options={options} />}
      </Labelled>
      {quota && <details className="more"><summary>{t('coupons.issuing.limits')}</summary><QuotaLimits quota={quota} /></details>}
    </div>
  )
}
