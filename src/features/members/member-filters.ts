import type { TFunction } from 'i18next'
import { MemberState } from '#contract/members.ts'
import { Role } from '#contract/people.ts'
import type { Filter } from '#src/components/filter-types.ts'
import { emailOrLast4, mobileOrLast4 } from '#src/lib/look-up.ts'
import type { MemberList } from './use-member-list.ts'

/** @returns the filters in the order in which people reach for them. Mobile and email travel in the request body; the others stand in the address. */
export function memberFilters({ list, lookup, kept, setLookup, customRoles }: Pick<MemberList, 'list' | 'lookup' | 'kept' | 'setLookup'> & { customRoles: readonly { id: string; name: string }[] }, t: TFunction): Filter[] {
  const { filter, setFilter } = list
  const keptText = (kind: 'name' | 'mobile' | 'email') => (kept.includes(kind) ? t('members.kept_lookup') : undefined)
  return [
    ...(kept.includes('name') ? [{ kind: 'text' as const, key: 'name', label: t('members.field.name'), value: undefined, kept: keptText('name'), onChange: () => setLookup() }] : []),
    {
      kind: 'choice', key: 'role', label: t('members.field.role'), value: filter.customRoleId ?? filter.role,
      options: [...Role.options.map((value) => ({ value, label: t(`roles.name.${value}`) })), ...customRoles.map(({ id, name }) => ({ value: id, label: name }))],
      onChange: (value) => setFilter({ role: Role.options.find((one) => one === value), customRoleId: customRoles.find(({ id }) => id === value)?.id }),
    },
    { kind: 'choice', key: 'state', label: t('members.field.state'), value: filter.state, options: MemberState.options.map((value) => ({ value, label: t(`members.state.${value}`) })), onChange: (value) => setFilter({ state: MemberState.options.find((one) => one === value) }) },
    { kind: 'text', key: 'login', label: t('members.field.login'), value: filter.login, hint: t('members.hint_login'), onChange: (login) => setFilter({ login }) },
    { kind: 'text', key: 'mobile', label: t('members.field.mobile'), value: lookup?.mobile, kept: keptText('mobile'), isPersonal: true, hint: t('members.hint_mobile'), check: mobileOrLast4, onChange: (mobile) => setLookup({ mobile }) },
    { kind: 'text', key: 'email', label: t('members.field.email'), value: lookup?.email, kept: keptText('email'), isPersonal: true, hint: t('members.hint_email'), check: emailOrLast4, onChange: (email) => setLookup({ email }) },
  ]
}
