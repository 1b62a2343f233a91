import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Quota } from '#contract/coupons.ts'
import { fromMinor } from '#contract/money.ts'
import { Ledger } from '#src/components/Ledger.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { formatMoney } from '#src/lib/format.ts'
import { faceValueOf } from './issue-rules.ts'
import type { IssueState } from './use-issue-form.ts'

/** What the issue comes to and leaves of the quota, while typing, and that it cannot be changed afterwards. */
export function IssueSum({ form: { values, customers, total, left = 0n }, quota }: { form: IssueState; quota: Quota }) {
  const { t } = useTranslation()
  const face = faceValueOf(values.faceValue)
  return (
    <>
      <div className="issue-sum" aria-live="polite">
        <Ledger
          lines={[
            { key: 'left', label: t('coupons.issuing.quota_left'), amount: quota.left },
            { key: 'total', label: face ? t('coupons.issuing.sum_label', { face: formatMoney(face), count: customers.length }) : t('coupons.issuing.sum_empty'), amount: fromMinor(total), isMinus: true },
          ]}
          sum={{ label: t('coupons.issuing.sum_left'), amount: fromMinor(left) }}
        />
        {left < 0n && <p className="field-error">{t('coupons.issuing.short', { available: formatMoney(quota.left), needed: formatMoney(fromMinor(total)) })}</p>}
      </div>
      <Notice tone="warning">{t('coupons.issuing.warning')}</Notice>
    </>
  )
}
