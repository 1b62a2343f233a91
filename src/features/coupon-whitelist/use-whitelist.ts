import type { TFunction } from 'i18next'
import * as z from 'zod/mini'
import { queryWhitelist, WhitelistSort } from '#contract/coupon-whitelist.ts'
import type { ExportRequest } from '#contract/exports.ts'
import { listQuery } from '#src/api/query.ts'
import type { Filter } from '#src/components/filter-types.ts'
import { useLookupList } from '#src/components/use-lookup-list.ts'
import { namePart } from '#src/lib/look-up.ts'

const NoFilter = z.object({})

/** The whitelist as the address and a look-up by part of a name show it. */
export function useWhitelist() {
  const found = useLookupList({ filter: NoFilter, sort: { options: WhitelistSort.options, initial: '-addedAt' } }, ({ page, pageSize, sort, lookup, view }) => listQuery(queryWhitelist, { body: { page, pageSize, sort, ...(lookup?.name && { lookup: { name: lookup.name } }), ...(view && { view }) } }))
  const { list, lookup, personal } = found
  const exportRequest: ExportRequest = { content: 'coupon-whitelist', filter: {}, sort: list.sort, ...(lookup?.name ? { lookup: { name: lookup.name } } : 'view' in personal ? { view: personal.view } : {}) }
  return { ...found, exportRequest }
}

export type Whitelist = ReturnType<typeof useWhitelist>

/** @returns a look-up kept from before a reload, whose words nobody knows any more; and on a phone, which has no column heads, the order. */
export function whitelistFilters({ list: { sort, setSort }, kept, setLookup }: Pick<Whitelist, 'list' | 'kept' | 'setLookup'>, t: TFunction, isPhone: boolean): Filter[] {
  return [
    ...(kept.includes('name') ? [{ kind: 'text' as const, key: 'name', label: t('whitelist.search'), value: undefined, kept: t('coupons.kept_lookup'), check: namePart, onChange: (name: string | undefined) => setLookup({ name }) }] : []),
    ...(isPhone ? [{ kind: 'choice' as const, key: 'sort', label: t('coupons.sort_label'), value: sort === '-addedAt' ? undefined : sort, options: WhitelistSort.options.map((value) => ({ value, label: t(`whitelist.sort.${value}`) })), onChange: (value: string | undefined) => setSort(value ?? '-addedAt') }] : []),
  ]
}
