import type { Member } from '#contract/members.ts'
import type { Key } from '#src/i18n/i18n.ts'

export type Act = 'edit' | 'rights' | 'reset' | 'unlock' | 'end' | 'disable' | 'enable' | 'delete'
type Facts = Pick<Member, 'login' | 'roles' | 'state' | 'isSelf' | 'isLastAdministrator' | 'signIns' | 'lockedUntil'>

/** @returns what may be offered for a member at all, in the order of the menu; whether it is possible now tells `whyNot`. */
export function actsOf({ state, lockedUntil }: Facts): readonly Act[] {
  const isLocked = state === 'LOCKED' || lockedUntil !== null
  return ['edit', 'rights', 'reset', ...(isLocked ? (['unlock'] as const) : []), 'end', state === 'DISABLED' ? 'enable' : 'disable', 'delete']
}

/** @param isAdministrator whether the person who looks is one. @returns the key of the reason why an action is not possible now; undefined where it is. The
 *  server decides again. */
export function whyNot(act: Act, member: Facts, isAdministrator: boolean): Key | undefined {
  if (!isAdministrator && (act === 'rights' || member.roles.includes('administrator'))) return 'members.why.by_administrators'
  const isMaster = member.login === ''
  switch (act) {
    case 'edit': case 'enable': return undefined
    case 'rights': return isMaster ? 'members.why.master_account' : undefined
    case 'unlock': return member.isSelf ? 'members.why.self_unlock' : undefined
    case 'reset': return member.isSelf ? 'members.why.self_profile' : isMaster ? 'members.why.master_account' : member.state === 'DISABLED' ? 'members.why.disabled' : undefined
    case 'end': return member.isSelf ? 'members.why.self_profile' : member.signIns === 0 ? 'members.why.no_sign_in' : undefined
    case 'disable': case 'delete':
      return isMaster ? 'members.why.master_account' : member.isLastAdministrator ? 'members.why.last_administrator' : member.isSelf ? `members.why.self_${act}` : undefined
  }
}

/** @returns whether somebody else may change how a member is reached: one's own contacts are changed behind a code, and the master account's by the vendor. */
export const hasOpenContacts = ({ login, isSelf }: Pick<Member, 'login' | 'isSelf'>): boolean => login !== '' && !isSelf

/** @returns how many customers nobody would look after if the member stopped being an account manager who works. */
export const customersLeft = ({ roles, customers }: Pick<Member, 'roles' | 'customers'>): number => (roles.includes('manager') ? customers : 0)
