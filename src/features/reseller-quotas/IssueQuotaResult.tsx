import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Answer } from '#contract/endpoint.ts'
import type { issueQuotas } from '#contract/reseller-quotas.ts'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { formatMoney } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'

/** What was given to whom, with the number that each reseller's quota has now. */
export function IssueQuotaResult({ issued: { items, total, quota } }: { issued: Answer<typeof issueQuotas> }) {
  const { t } = useTranslation()
  return (
    <div className="form issue-form">
      <Notice tone="success" isAlert>{t('reseller_quotas.giving.done_text', { count: items.length, total: formatMoney(total), quota: quota.number, left: formatMoney(quota.left) })}</Notice>
      <table className="plain-table chosen-rows" aria-label={t('reseller_quotas.giving.done_list')}>
        <thead><tr><th scope="col">{t('reseller_quotas.field.number')}</th><th scope="col">{t('reseller_quotas.field.reseller')}</th><th scope="col" className="num">{t('reseller_quotas.field.amount')}</th></tr></thead>
        <tbody>{items.map(({ quotaId, number, reseller, amount }) => <tr key={quotaId}><td>{number}</td><td>{reseller.nameMasked} · {reseller.account}</td><td className="num"><MoneyText amount={amount} /></td></tr>)}</tbody>
      </table>
      <p className="coupon-foot"><Link to={paths.issuedQuotas()}>{t('reseller_quotas.giving.see')}</Link></p>
    </div>
  )
}
