import type { TFunction } from 'i18next'
import { IssuedQuotaFilter, IssuedQuotaSort, IssuedQuotaState, queryIssuedQuotas } from '#contract/reseller-quotas.ts'
import { listQuery } from '#src/api/query.ts'
import type { Filter } from '#src/components/filter-types.ts'
import { useLookupList } from '#src/components/use-lookup-list.ts'
import { namePart } from '#src/lib/look-up.ts'

/** What was given to resellers, as the address and a look-up by part of a reseller's name show it. */
export const useIssuedQuotas = () => useLookupList({ filter: IssuedQuotaFilter, sort: { options: IssuedQuotaSort.options, initial: '-issuedAt' } },
  ({ lookup, ...body }) => listQuery(queryIssuedQuotas, { body: { ...body, ...(lookup?.name && { lookup: { name: lookup.name } }) } }))
export type IssuedQuotas = ReturnType<typeof useIssuedQuotas>

/** @returns the filters in the order in which people reach for them. Names travel in the request body; the others stand in the address. */
export function quotaFilters({ list: { filter, setFilter, sort, setSort }, kept, setLookup }: Pick<IssuedQuotas, 'list' | 'kept' | 'setLookup'>, t: TFunction, isPhone: boolean): Filter[] {
  const number = (key: 'number' | 'quotaNumber', label: string): Filter => ({ kind: 'text', key, label, value: filter[key], hint: t('coupons.hint_number'), onChange: (value) => setFilter({ [key]: value }) })
  return [
    ...(kept.includes('name') ? [{ kind: 'text' as const, key: 'name', label: t('reseller_quotas.search'), value: undefined, kept: t('coupons.kept_lookup'), check: namePart, onChange: (name: string | undefined) => setLookup({ name }) }] : []),
    ...(filter.resellerId ? [{ kind: 'choice' as const, key: 'reseller', label: t('reseller_quotas.field.reseller'), value: filter.resellerId, options: [{ value: filter.resellerId, label: t('reseller_quotas.this_reseller') }], onChange: () => setFilter({ resellerId: undefined }) }] : []),
    { kind: 'choice', key: 'state', label: t('reseller_quotas.field.state'), value: filter.state, options: IssuedQuotaState.options.map((value) => ({ value, label: t(`reseller_quotas.state.${value}`) })), onChange: (value) => setFilter({ state: IssuedQuotaState.options.find((one) => one === value) }) },
    { kind: 'days', key: 'issued', label: t('reseller_quotas.field.issued_at'), from: filter.from, to: filter.to, onChange: ({ from, to }) => setFilter({ from, to }) },
    number('quotaNumber', t('reseller_quotas.field.source')),
    number('number', t('reseller_quotas.field.number')),
    ...(isPhone ? [{ kind: 'choice' as const, key: 'sort', label: t('coupons.sort_label'), value: sort === '-issuedAt' ? undefined : sort, options: IssuedQuotaSort.options.map((value) => ({ value, label: t(`reseller_quotas.sort.${value}`) })), onChange: (value: string | undefined) => setSort(value ?? '-issuedAt') }] : []),
  ]
}
