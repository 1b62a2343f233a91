import type { TFunction } from 'i18next'
import { AssociationType } from '#contract/customers.ts'
import { InvitationKind, InvitationSort, InvitationState, InviteCause } from '#contract/invites.ts'
import type { Filter } from '#src/components/filter-types.ts'
import type { InvitationList } from './use-invitation-list.ts'

const todos = ['cure', 'ending'] as const

/** @returns the filters in the order in which people reach for them. Mobile and email travel in the request body; the others stand in the address. */
export function invitationFilters({ list, lookup, kept, setLookup, inviters }: InvitationList, t: TFunction): Filter[] {
  const { filter, setFilter } = list
  const keptText = (kind: 'name' | 'mobile' | 'email') => (kept.includes(kind) ? t('invites.list.kept_lookup') : undefined)
  return [
    ...(kept.includes('name') ? [{ kind: 'text' as const, key: 'name', label: t('invites.list.customer_name'), value: undefined, kept: keptText('name'), onChange: () => setLookup() }] : []),
    // From one prospect or one link elsewhere in the console: shown so that it can be taken away.
    ...(['prospectId', 'linkId'] as const).flatMap((key): Filter[] => {
      const value = filter[key]
      return value === undefined ? [] : [{ kind: 'choice', key, label: t(`invites.list.only_${key}`), value, options: [{ value, label: t('invites.list.only_one') }], onChange: (next) => setFilter({ [key]: next }) }]
    }),
    { kind: 'choice', key: 'kind', label: t('invites.list.kind'), value: filter.kind, options: InvitationKind.options.map((value) => ({ value, label: t(`invites.kind.${value}`) })), onChange: (value) => setFilter({ kind: InvitationKind.options.find((one) => one === value) }) },
    { kind: 'choice', key: 'state', label: t('invites.list.state'), value: filter.state, options: InvitationState.options.map((value) => ({ value, label: t(`invites.state.${value}`) })), onChange: (value) => setFilter({ state: InvitationState.options.find((one) => one === value) }) },
    { kind: 'choice', key: 'cause', label: t('invites.list.cause'), value: filter.cause, options: InviteCause.options.map((value) => ({ value, label: t(`invites.cause.${value}`) })), onChange: (value) => setFilter({ cause: InviteCause.options.find((one) => one === value) }) },
    { kind: 'choice', key: 'inviter', label: t('invites.list.invited_by'), value: filter.inviterId, options: inviters.map((person) => ({ value: person.id, label: person.nameMasked })), onChange: (inviterId) => setFilter({ inviterId }) },
    { kind: 'choice', key: 'todo', label: t('invites.list.todo'), value: filter.todo, options: todos.map((value) => ({ value, label: t(`invites.list.todos.${value}`) })), onChange: (value) => setFilter({ todo: todos.find((one) => one === value) }) },
    { kind: 'days', key: 'sent', label: t('invites.list.sent_at'), from: filter.from, to: filter.to, onChange: ({ from, to }) => setFilter({ from, to }) },
    { kind: 'choice', key: 'type', label: t('invites.list.type'), value: filter.associationType, options: AssociationType.options.map((value) => ({ value, label: t(`invites.type.${value}`) })), onChange: (value) => setFilter({ associationType: AssociationType.options.find((one) => one === value) }) },
    { kind: 'text', key: 'mobile', label: t('invites.list.mobile'), value: lookup?.mobile, kept: keptText('mobile'), isPersonal: true, hint: t('invites.list.hint_mobile'), check: last4OrFull, onChange: (mobile) => setLookup({ mobile }) },
    { kind: 'text', key: 'email', label: t('invites.list.email'), value: lookup?.email, kept: keptText('email'), isPersonal: true, hint: t('invites.list.hint_email'), check: last4OrFull, onChange: (email) => setLookup({ email }) },
    { kind: 'text', key: 'number', label: t('invites.list.number'), value: filter.number, hint: t('invites.list.hint_number'), onChange: (number) => setFilter({ number }) },
  ]
}

/** The order of the list, for phones, where there are no column heads to press. */
export const invitationSortFilter = ({ list }: InvitationList, t: TFunction): Filter => ({
  kind: 'choice', key: 'sort', label: t('invites.list.sort'), value: list.sort === '-sentAt' ? undefined : list.sort,
  options: InvitationSort.options.map((value) => ({ value, label: t(`invites.list.sorts.${value}`) })), onChange: (value) => list.setSort(value ?? '-sentAt'),
})

const last4OrFull = (text: string) => (text.trim().length < 4 ? 'last4_or_full' : undefined)
