import type { Member } from '#contract/members.ts'
import type { Key } from '#src/i18n/i18n.ts'

export type Act = 'edit' | 'rights' | 'reset' | 'unlock' | 'end' | 'disable' | 'enable'
type Facts = Pick<Member, 'login' | 'state' | 'isSelf' | 'isLastAdministrator' | 'signIns' | 'lockedUntil'>

/** @returns what may be offered for a member at all, in the order of the menu; whether it is possible now tells `whyNot`. */
export function actsOf({ state, lockedUntil }: Facts): readonly Act[] {
  const isLocked = state === 'LOCKED' || lockedUntil !== null
  return ['edit', 'rights', 'reset', ...(isLocked ? (['unlock'] as const) : []), 'end', state === 'DISABLED' ? 'enable' : 'disable']
}

/** @returns the key of the reason why an action is not possible now; undefined where it is. The server decides again. */
export function whyNot(act: Act, member: Facts): Key | undefined {
  switch (act) {
    case 'edit': case 'rights': case 'enable': return undefined
    case 'unlock': return member.isSelf ? 'members.why.self_profile' : undefined
    case 'reset': return member.isSelf ? 'members.why.self_profile' : member.state === 'DISABLED' ? 'members.why.disabled' : undefined
    case 'end': return member.isSelf ? 'members.why.self_profile' : member.signIns === 0 ? 'members.why.no_sign_in' : undefined
    case 'disable': return member.login === '' ? 'members.why.master_account' : member.isLastAdministrator ? 'members.why.last_administrator' : member.isSelf ? 'members.why.self_disable' : undefined
  }
}

/** @returns the key of the reason why a member keeps the role; undefined where another one may be chosen. */
export const whyRoleStays = ({ login, isLastAdministrator }: Pick<Member, 'login' | 'isLastAdministrator'>): Key | undefined =>
  (login === '' ? 'members.why.master_account' : isLastAdministrator ? 'members.why.last_administrator' : undefined)

/** @returns how many customers nobody would look after if the member stopped being an account manager who works. */
export const customersLeft = ({ role, customers }: Pick<Member, 'role' | 'customers'>): number => (role === 'manager' ? customers : 0)
