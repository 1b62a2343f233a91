import type { Role } from '#contract/people.ts'
import type { MemberChangedTold, MessageText, SetUpTold } from './wording.ts'

const sign = '[Partner Center]'
const roleNames: Record<Role, string> = { administrator: 'administrator', director: 'account director', manager: 'account manager', operator: 'operator' }
const signIn = ({ account, login }: SetUpTold): string => (login === '' ? `Account: ${account}` : `Account: ${account}\nMember name: ${login}`)
const linkLines = ({ url, until }: SetUpTold): string =>
  (url === null ? 'The link to set a new one is in your mail, or your administrator has it.' : `Set your password under this link. It works once, until ${until}. Do not pass it on:\n${url}`)

/** OG-01 in English. */
export function firstPassword(told: SetUpTold): MessageText {
  const deed = `${told.by} has opened an account for you in the Partner Center of ${told.partner}`
  return { sms: `${sign} ${deed}.`, subject: 'Set your password', mail: `${deed}.\n\n${signIn(told)}\n\n${linkLines(told)}\n\nIf you do not know ${told.partner}, ignore this mail.` }
}

/** OG-02 in English. */
export function passwordReset(told: SetUpTold): MessageText {
  const deed = `${told.by} reset your password on ${told.at}. The old one no longer works`
  return { sms: `${sign} ${deed}. If you have questions, ask your administrator.`, subject: 'Password reset', mail: `${deed} and you are signed out everywhere.\n\n${signIn(told)}\n\n${linkLines(told)}\n\nIf you have questions, ask your administrator.` }
}

/** OG-03 in English. */
export function memberChanged({ what, roles, customRoles, partner, by, at }: MemberChangedTold): MessageText {
  const deed = `${by} ${what === 'rights' ? 'changed your roles or your permissions' : what === 'disabled' ? 'disabled your account' : 'enabled your account'} on ${at}`
  const now = what === 'rights' ? `At ${partner} your role is now: ${[...roles.map((role) => roleNames[role]), ...customRoles].join(', ')}. This takes effect at once.` : what === 'disabled' ? `You can no longer sign in to the Partner Center of ${partner}.` : `You can sign in to the Partner Center of ${partner} again.`
  return { sms: `${sign} ${deed}.`, subject: what === 'rights' ? 'Roles changed' : what === 'disabled' ? 'Account disabled' : 'Account enabled', mail: `${deed}.\n\n${now} If you have questions, ask your administrator.` }
}
