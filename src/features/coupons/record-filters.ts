import type { TFunction } from 'i18next'
import { CouponOperation, type CouponRecord, type CouponRecordFilter, CouponRecordSort } from '#contract/coupons-issued.ts'
import type { Filter } from '#src/components/filter-types.ts'
import type { ListState } from '#src/components/use-list-state.ts'

type List = ListState<Omit<CouponRecordFilter, 'kind'>, (typeof CouponRecordSort.options)[number]>
type Known = { list: List; rows: readonly CouponRecord[]; operators: readonly { id: string; nameMasked: string }[] }
const digits = (text: string) => (/^[0-9 ]{1,20}$/.test(text) ? undefined : 'number')

/** @param known the list, its rows in view and the people to choose from. @returns the filters in the order in which people reach for them; none of them is personal. */
export function recordFilters({ list: { filter, setFilter }, rows, operators }: Known, t: TFunction): Filter[] {
  const number = (key: 'number' | 'quotaNumber' | 'sourceQuotaNumber', label: string): Filter => ({ kind: 'text', key, label, value: filter[key], hint: t('coupons.hint_number'), onChange: (value) => setFilter({ [key]: value }) })
  const customer = rows.find((row) => row.party?.id === filter.customerId)?.party?.nameMasked ?? t('coupons.coupon.this_customer')
  return [
    ...(filter.customerId ? [{ kind: 'choice' as const, key: 'customer', label: t('coupons.record.field.party'), value: filter.customerId, options: [{ value: filter.customerId, label: customer }], onChange: () => setFilter({ customerId: undefined }) }] : []),
    { kind: 'days', key: 'time', label: t('coupons.record.field.time'), from: filter.from, to: filter.to, onChange: (range) => setFilter(range) },
    { kind: 'choice', key: 'operation', label: t('coupons.record.field.operation'), value: filter.operation, options: CouponOperation.options.map((value) => ({ value, label: t(`coupons.record.operation.${value}`) })), onChange: (value) => setFilter({ operation: CouponOperation.options.find((one) => one === value) }) },
    { kind: 'choice', key: 'operator', label: t('coupons.record.field.operator'), value: filter.operatorId, options: operators.map((one) => ({ value: one.id, label: one.nameMasked })), onChange: (operatorId) => setFilter({ operatorId }) },
    number('number', t('coupons.record.field.number')),
    number('quotaNumber', t('coupons.record.field.quota_number')),
    number('sourceQuotaNumber', t('coupons.record.field.source_quota')),
    { kind: 'text', key: 'customerNumber', label: t('coupons.record.field.customer_number'), value: filter.customerNumber, hint: t('coupons.hint_customer_number'), check: digits, onChange: (customerNumber) => setFilter({ customerNumber }) },
  ]
}

/** The order of the list, for phones, where there are no column heads to press. */
export const recordSortFilter = ({ sort, setSort }: List, t: TFunction): Filter => ({
  kind: 'choice', key: 'sort', label: t('coupons.sort_label'), value: sort === '-at' ? undefined : sort,
  options: CouponRecordSort.options.map((value) => ({ value, label: t(`coupons.record.sort.${value}`) })), onChange: (value) => setSort(value ?? '-at'),
})
