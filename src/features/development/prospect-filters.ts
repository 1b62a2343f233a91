import type { TFunction } from 'i18next'
import { InvitationState } from '#contract/invites.ts'
import { ProspectState } from '#contract/prospects.ts'
import type { Filter } from '#src/components/filter-types.ts'
import { emailOrLast4, mobileOrLast4, namePart } from '#src/lib/look-up.ts'
import type { ProspectList } from './use-prospect-list.ts'

/** @returns the filters in the order in which people reach for them. Name, mobile and email travel in the request body; the others stand in the
 *  address. */
export function prospectFilters({ list, lookup, kept, setLookup, managers }: Pick<ProspectList, 'list' | 'lookup' | 'kept' | 'setLookup' | 'managers'>, t: TFunction): Filter[] {
  const { filter, setFilter } = list
  const keptText = (kind: 'name' | 'mobile' | 'email') => (kept.includes(kind) ? t('development.kept_lookup') : undefined)
  return [
    ...(kept.includes('name') ? [{ kind: 'text' as const, key: 'name', label: t('development.field.name'), value: undefined, kept: keptText('name'), check: namePart, onChange: (name: string | undefined) => setLookup({ ...lookup, name }) }] : []),
    {
      kind: 'choice', key: 'state', label: t('development.field.state'), value: filter.state, options: ProspectState.options.map((value) => ({ value, label: t(`development.state.${value}`) })),
      onChange: (value) => setFilter({ state: ProspectState.options.find((one) => one === value) }),
    },
    {
      kind: 'choice', key: 'invitation', label: t('development.field.invitation_state'), value: filter.invitation,
      options: [{ value: 'none', label: t('development.never_invited') }, ...InvitationState.options.map((value) => ({ value, label: t(`invites.state.${value}`) }))],
      onChange: (value) => setFilter({ invitation: value === 'none' ? value : InvitationState.options.find((one) => one === value) }),
    },
    { kind: 'days', key: 'reported', label: t('development.field.reported_at'), from: filter.from, to: filter.to, onChange: (range) => setFilter(range) },
    {
      kind: 'choice', key: 'manager', label: t('development.field.manager'), value: filter.manager,
      options: [{ value: 'unassigned', label: t('development.unassigned') }, ...managers.map((manager) => ({ value: manager.id, label: manager.nameMasked }))], onChange: (manager) => setFilter({ manager }),
    },
    { kind: 'text', key: 'mobile', label: t('development.field.mobile'), value: lookup?.mobile, kept: keptText('mobile'), isPersonal: true, hint: t('development.hint_mobile'), check: mobileOrLast4, onChange: (mobile) => setLookup({ ...lookup, mobile }) },
    { kind: 'text', key: 'email', label: t('development.field.email'), value: lookup?.email, kept: keptText('email'), isPersonal: true, hint: t('development.hint_email'), check: emailOrLast4, onChange: (email) => setLookup({ ...lookup, email }) },
    {
      kind: 'choice', key: 'todo', label: t('development.field.todo'), value: filter.todo, options: todos.map((value) => ({ value, label: t(`development.todo.${value}`) })),
      onChange: (value) => setFilter({ todo: todos.find((one) => one === value) }),
    },
  ]
}

const todos = ['no_email', 'ending'] as const
