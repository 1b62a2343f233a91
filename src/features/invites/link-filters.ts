import type { TFunction } from 'i18next'
import { AssociationType } from '#contract/customers.ts'
import type { Answer } from '#contract/endpoint.ts'
import { type getInviteChoices, LinkKind, LinkSort, LinkState } from '#contract/invites.ts'
import type { Filter } from '#src/components/filter-types.ts'
import type { Links } from './use-links.ts'

type People = Answer<typeof getInviteChoices>['inviters']

/** @returns the filters of the links that were made, in the order in which people reach for them. @param tab its own kind needs no filter. */
export function linkFilters({ list: { filter, setFilter } }: Links, tab: LinkKind, people: People, t: TFunction): Filter[] {
  return [
    { kind: 'choice', key: 'state', label: t('invites.records.state'), value: filter.state, options: LinkState.options.map((value) => ({ value, label: t(`invites.records.states.${value}`) })), onChange: (value) => setFilter({ state: LinkState.options.find((one) => one === value) }) },
    { kind: 'choice', key: 'type', label: t('invites.form.type'), value: filter.associationType, options: AssociationType.options.map((value) => ({ value, label: t(`invites.type.${value}`) })), onChange: (value) => setFilter({ associationType: AssociationType.options.find((one) => one === value) }) },
    { kind: 'days', key: 'created', label: t('invites.records.created'), from: filter.from, to: filter.to, onChange: ({ from, to }) => setFilter({ from, to }) },
    { kind: 'choice', key: 'creator', label: t('invites.records.created_by'), value: filter.creatorId, options: people.map((person) => ({ value: person.id, label: person.nameMasked })), onChange: (creatorId) => setFilter({ creatorId }) },
    {
      kind: 'choice', key: 'kind', label: t('invites.records.kind'), value: filter.kind, options: [{ value: 'ALL', label: t('invites.records.all_kinds') }, ...LinkKind.options.filter((value) => value !== tab).map((value) => ({ value, label: t(`invites.kind.${value}`) }))],
      onChange: (value) => setFilter({ kind: value === 'ALL' ? 'ALL' : LinkKind.options.find((one) => one === value) }),
    },
  ]
}

/** The order of the list, for phones, where there are no column heads to press. */
export const linkSortFilter = ({ list }: Links, t: TFunction): Filter => ({
  kind: 'choice', key: 'sort', label: t('invites.records.sort'), value: list.sort === '-createdAt' ? undefined : list.sort,
  options: LinkSort.options.map((value) => ({ value, label: t(`invites.records.sorts.${value}`) })), onChange: (value) => list.setSort(value ?? '-createdAt'),
})
