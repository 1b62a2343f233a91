import { useTranslation } from '#src/i18n/use-translation.ts'
import { type Quota, remarkMax } from '#contract/coupons.ts'
import { fromMinor } from '#contract/money.ts'
import type { issueQuotas } from '#contract/reseller-quotas.ts'
import type { ApiMutation } from '#src/api/use-api-mutation.ts'
import { Labelled } from '#src/components/Labelled.tsx'
import { Ledger } from '#src/components/Ledger.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { Select } from '#src/components/Select.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { RefusedRows } from '#src/coupons/RefusedRows.tsx'
import { useQuotaOptions } from '#src/coupons/use-quota-options.ts'
import { formatMoney } from '#src/lib/format.ts'
import { Shares } from './Shares.tsx'
import type { Give } from './use-give.ts'

type Props = { give: Give; issue: ApiMutation<typeof issueQuotas>; quotas: readonly Quota[]; isResumed: boolean; /** The quota of the address cannot be given. */ isGone: boolean; onAdd: () => void; onSubmit: () => void }

/** Which quota, to whom and how much of it, and what that leaves. */
export function GiveStep({ give, issue, quotas, isResumed, isGone, onAdd, onSubmit }: Props) {
  const { t } = useTranslation()
  const { options, hint } = useQuotaOptions(quotas, give.quota)
  const wrong = give.shares.flatMap(({ id }) => {
    const problem = give.refused.get(id)
    return problem ? [{ id, who: give.resellers.get(id)?.nameMasked ?? t('reseller_quotas.giving.reseller'), problem }] : []
  })
  return (
    <form id="issue-quota" className="form issue-form" noValidate onSubmit={(event) => { event.preventDefault(); onSubmit() }}>
      {isResumed && issue.isBusy && <Notice>{t('common.unfinished')}</Notice>}
      {isGone && <Notice tone="warning">{t('reseller_quotas.giving.gone')}</Notice>}
      <Labelled label={t('reseller_quotas.giving.quota')} isRequired hint={hint}>
        {(wiring) => <Select {...wiring} value={give.quota?.id ?? ''} empty={t('coupons.issuing.quota_choose')} options={options} onChange={give.chooseQuota} disabled={issue.outcome !== 'known'} />}
      </Labelled>
      {give.quota && <Shares give={give} onAdd={onAdd} />}
      {give.quota && (
        <Labelled label={t('reseller_quotas.giving.remark')} hint={t('reseller_quotas.giving.remark_hint')} aside={<span className="caption">{[...give.remark].length}/{remarkMax}</span>}>
          {(wiring) => <TextInput {...wiring} value={give.remark} maxLength={remarkMax} onChange={give.setRemark} />}
        </Labelled>
      )}
      {give.quota && <Sum give={give} quota={give.quota} />}
      <OutcomeNotice outcome={issue.outcome} onAskAgain={issue.askAgain} />
      <RefusedRows
        error={issue.error} rows={wrong} title={t('reseller_quotas.giving.rows_wrong', { count: wrong.length })} dropLabel={t('reseller_quotas.giving.drop_refused', { count: wrong.length })}
        onDrop={wrong.length < give.shares.length ? () => give.drop(wrong.map(({ id }) => id)) : undefined}
      />
    </form>
  )
}

/** What the issue comes to and leaves of the quota, while typing. */
function Sum({ give: { shares, total, left = 0n }, quota }: { give: Give; quota: Quota }) {
  const { t } = useTranslation()
  return (
    <>
      <div className="issue-sum" aria-live="polite">
        <Ledger
          lines={[
            { key: 'left', label: t('reseller_quotas.giving.quota_left'), amount: quota.left },
            { key: 'total', label: shares.length > 0 ? t('reseller_quotas.giving.sum', { count: shares.length }) : t('reseller_quotas.giving.sum_empty'), amount: fromMinor(total), isMinus: true },
          ]}
          sum={{ label: t('reseller_quotas.giving.sum_left'), amount: fromMinor(left) }}
        />
        {left < 0n && <p className="field-error">{t('reseller_quotas.giving.short', { available: formatMoney(quota.left), needed: formatMoney(fromMinor(total)) })}</p>}
      </div>
      <Notice>{t('reseller_quotas.giving.note')}</Notice>
    </>
  )
}
