import type { TFunction } from 'i18next'
import { type QuotaFilter, QuotaSort, QuotaSource, QuotaState } from '#contract/coupons.ts'
import { parseAmount } from '#contract/money.ts'
import type { Filter } from '#src/components/filter-types.ts'
import type { ListState } from '#src/components/use-list-state.ts'

type List = ListState<Omit<QuotaFilter, 'kind'>, (typeof QuotaSort.options)[number]>
const amount = (text: string | undefined) => (text === undefined ? undefined : parseAmount(text))

/** @returns the filters in the order in which people reach for them; the number is typed beside them. */
export function quotaFilters({ filter, setFilter }: List, t: TFunction): Filter[] {
  return [
    { kind: 'choice', key: 'state', label: t('coupons.quota.field.state'), value: filter.state, options: QuotaState.options.map((value) => ({ value, label: t(`coupons.quota.state.${value}`) })), onChange: (value) => setFilter({ state: QuotaState.options.find((one) => one === value) }) },
    { kind: 'choice', key: 'source', label: t('coupons.quota.field.source'), value: filter.source, options: QuotaSource.options.map((value) => ({ value, label: t(`coupons.quota.source.${value}`) })), onChange: (value) => setFilter({ source: QuotaSource.options.find((one) => one === value) }) },
    { kind: 'days', key: 'validity', label: t('coupons.quota.field.validity'), future: true, from: filter.validFrom, to: filter.validTo, onChange: ({ from, to }) => setFilter({ validFrom: from, validTo: to }) },
    { kind: 'amounts', key: 'left', label: t('coupons.quota.field.left'), min: filter.leftMin, max: filter.leftMax, onChange: ({ min, max }) => setFilter({ leftMin: amount(min), leftMax: amount(max) }) },
    { kind: 'choice', key: 'endsSoon', label: t('coupons.quota.ends_soon'), value: filter.endsSoon ? 'true' : undefined, options: [{ value: 'true', label: t('coupons.quota.ends_soon_yes') }], onChange: (value) => setFilter({ endsSoon: value === 'true' ? true : undefined }) },
  ]
}

/** The order of the list, for phones, where there are no column heads to press. */
export const quotaSortFilter = ({ sort, setSort }: List, t: TFunction): Filter => ({
  kind: 'choice', key: 'sort', label: t('coupons.sort_label'), value: sort === 'validTo' ? undefined : sort,
  options: QuotaSort.options.map((value) => ({ value, label: t(`coupons.quota.sort.${value}`) })), onChange: (value) => setSort(value ?? 'validTo'),
})
