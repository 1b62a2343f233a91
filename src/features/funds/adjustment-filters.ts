import type { TFunction } from 'i18next'
import { FundsSource } from '#contract/customers.ts'
import { type Adjustment, type AdjustmentFilter, AdjustmentKind, AdjustmentSort } from '#contract/funds.ts'
import type { Filter } from '#src/components/filter-types.ts'
import type { ListState } from '#src/components/use-list-state.ts'
import { byCustomerNumber } from '#src/lib/look-up.ts'

type List = ListState<AdjustmentFilter, (typeof AdjustmentSort.options)[number]>
type Known = { list: List; rows: readonly Adjustment[]; operators: readonly { id: string; nameMasked: string }[] }

/** @param known the list, its rows in view and the operators to choose from, none for people who may not know them.
 *  @returns the filters in the order in which people reach for them; none of them is personal. */
export function adjustmentFilters({ list: { filter, setFilter }, rows, operators }: Known, t: TFunction): Filter[] {
  const { customerId } = filter
  const name = rows.find((row) => row.customer.id === customerId)?.customer.nameMasked ?? t('funds.of_customer')
  return [
    ...(customerId ? [{ kind: 'choice' as const, key: 'customer', label: t('funds.field.counterparty'), value: customerId, options: [{ value: customerId, label: name }], onChange: (value: string | undefined) => setFilter({ customerId: value }) }] : []),
    { kind: 'days', key: 'time', label: t('funds.field.time'), from: filter.from, to: filter.to, onChange: (range) => setFilter(range) },
    { kind: 'choice', key: 'kind', label: t('funds.field.kind'), value: filter.kind, options: AdjustmentKind.options.map((value) => ({ value, label: t(`funds.kind.${value}`) })), onChange: (value) => setFilter({ kind: AdjustmentKind.options.find((one) => one === value) }) },
    { kind: 'choice', key: 'source', label: t('funds.field.source'), value: filter.source, options: FundsSource.options.map((value) => ({ value, label: t(`funds.source.${value}`) })), onChange: (value) => setFilter({ source: FundsSource.options.find((one) => one === value) }) },
    ...(operators.length > 0 || filter.operatorId ? [{
      kind: 'choice' as const, key: 'operator', label: t('funds.field.operator'), value: filter.operatorId, options: operators.map((one) => ({ value: one.id, label: one.nameMasked })),
      onChange: (value: string | undefined) => setFilter({ operatorId: value }),
    }] : []),
    { kind: 'text', key: 'number', label: t('funds.field.number_filter'), value: filter.number, hint: t('funds.hint_number'), onChange: (number) => setFilter({ number }) },
    { kind: 'text', key: 'customerNumber', label: t('funds.field.customer_number'), value: filter.customerNumber, hint: t('funds.hint_customer_number'), ...byCustomerNumber, onChange: (customerNumber) => setFilter({ customerNumber }) },
  ]
}

/** The order of the list, for phones, where there are no column heads to press. */
export const adjustmentSortFilter = ({ sort, setSort }: List, t: TFunction): Filter => ({
  kind: 'choice', key: 'sort', label: t('funds.sort_label'), value: sort === '-at' ? undefined : sort,
  options: AdjustmentSort.options.map((value) => ({ value, label: t(`funds.sort.${value}`) })), onChange: (value) => setSort(value ?? '-at'),
})
