import { useTranslation } from '#src/i18n/use-translation.ts'
import { ApiError } from '#src/api/api-error.ts'
import { formatMoney } from '#src/lib/format.ts'
import { RefusedRows } from '#src/coupons/RefusedRows.tsx'
import type { Chosen } from './use-chosen.ts'
import type { IssueState } from './use-issue-form.ts'

/** What is wrong with the issue, above its buttons: the refusal, the customers at fault with the way to each, and taking them off. */
export function IssueProblems({ error, form, chosen }: { error: Error | undefined; form: IssueState; chosen: readonly Chosen[] }) {
  const { t } = useTranslation()
  const wrong = chosen.flatMap(({ id, row, problem }) => (problem ? [{ id, who: row ? `${row.nameMasked}${t('coupons.id_tail', { tail: row.number.slice(-4) })}` : t('coupons.picking.number'), problem }] : []))
  const { available, needed } = error instanceof ApiError ? error.failure.facts ?? {} : {}
  return (
    <RefusedRows
      error={error} rows={wrong} sentence={available && needed ? t('coupons.issuing.short', { available: formatMoney(available), needed: formatMoney(needed) }) : undefined}
      title={t(error ? 'coupons.issuing.rows_wrong' : 'coupons.issuing.rows_cannot', { count: wrong.length })} dropLabel={t('coupons.issuing.drop_refused', { count: wrong.length })}
      onDrop={wrong.length < chosen.length ? () => form.setCustomers(chosen.flatMap(({ id, problem }) => (problem ? [] : [id]))) : undefined}
    />
  )
}
