import { AccountName, type InviteView } from '#contract/acceptance.ts'
import type { Problem } from '#contract/errors.ts'

export type OpenInvite = Extract<InviteView, { state: 'open' }>
/** How the person comes to an account: a new one, one to sign in with, or the one that is signed in already. */
export type Way = 'register' | 'sign-in' | 'signed-in'
export type StepName = 'notice' | 'choice' | 'account' | 'number' | 'password' | 'hint' | 'sign-in' | 'own-code' | 'agreements'
/** What the order of the steps follows; it does not change while the page is open, also when the window does. */
export type Situation = Pick<OpenInvite, 'via' | 'associationType'> & { isPhone: boolean; /** Somebody was signed in when the page was opened. */ wasSignedIn: boolean }
export type Place = { way: Way; step: StepName }

/** @returns the steps of a way in their order. On a phone they are shorter and ask for less; the notice stands alone only where much changes. */
export function stepsOf({ via, associationType, isPhone, wasSignedIn }: Situation, way: Way): readonly StepName[] {
  const start: StepName[] = [...(isPhone && associationType === 'REFERRAL' ? [] : ['notice' as const]), ...(isPhone && !wasSignedIn ? [] : ['choice' as const])]
  if (way === 'register') return [...start, ...(isPhone ? ['number' as const, 'password' as const] : ['account' as const]), 'agreements']
  return [...start, 'hint', ...(way === 'sign-in' ? ['sign-in' as const] : []), ...(via === 'mail' ? ['own-code' as const] : []), 'agreements']
}

/** @returns where the page begins. */
export const firstPlace = (situation: Situation): Place => ({ way: 'register', step: stepsOf(situation, 'register')[0] ?? 'agreements' })

/** @returns the step that follows; the last one follows itself. */
export function placeAfter(situation: Situation, { way, step }: Place): Place {
  const steps = stepsOf(situation, way)
  return { way, step: steps[steps.indexOf(step) + 1] ?? step }
}

/** @returns where Back leads; undefined on the first step. Whoever came from registering on a phone goes back there. */
export function placeBefore(situation: Situation, { way, step }: Place): Place | undefined {
  if (step === 'hint' && situation.isPhone && !situation.wasSignedIn) return { way: 'register', step: 'number' }
  const steps = stepsOf(situation, way)
  const before = steps[steps.indexOf(step) - 1]
  return before && { way, step: before }
}

type FieldName = 'accountName' | 'mobile' | 'code' | 'password' | 'again' | 'mayUseMobile'
export type Draft = { accountName: string; mobile: string; code: string; password: string; again: string; mayUseMobile: boolean }
export const emptyDraft: Draft = { accountName: '', mobile: '', code: '', password: '', again: '', mayUseMobile: false }

/** What is wrong with a field: a key of the page's own texts, or the server's sentence. */
export type FieldProblem = { key: 'register.account_wrong' | 'register.mobile_wrong' | 'register.privacy_wrong' | 'code.wrong' | 'code.get_first' | 'password_short' | 'password_different' } | { text: string }
export type Problems = Partial<Record<FieldName, FieldProblem>>

/** @param draft with number and code cleaned. @param isSent whether a code was sent at all. @returns what a person has to correct before the step can be left. */
export function wrongIn(draft: Draft, step: StepName, isSent: boolean): Problems {
  const code: Problems = /^\d{6}$/.test(draft.code) ? {} : { code: { key: isSent ? 'code.wrong' : 'code.get_first' } }
  const mobile: Problems = /^1[3-9]\d{9}$/.test(draft.mobile) ? {} : { mobile: { key: 'register.mobile_wrong' } }
  const password: Problems = draft.password.length < 8 ? { password: { key: 'password_short' } } : draft.password === draft.again ? {} : { again: { key: 'password_different' } }
  switch (step) {
    case 'account': return { ...(AccountName.safeParse(draft.accountName).success ? {} : { accountName: { key: 'register.account_wrong' } }), ...mobile, ...code, ...password }
    case 'number': return { ...mobile, ...code, ...(draft.mayUseMobile ? {} : { mayUseMobile: { key: 'register.privacy_wrong' } }) }
    case 'password': return password
    case 'own-code': return code
    default: return {}
  }
}

type Refused = Pick<Problem, 'code' | 'detail' | 'fields'>
const ofCode = new Set(['code_wrong', 'code_expired', 'code_malformed'])

/** The server refuses at the end what was typed some steps before. @returns the step with the field at fault and what is wrong there; undefined for a
 *  refusal that concerns no field. */
export function placeOfRefusal({ code, detail, fields = [] }: Refused, { way }: Pick<Place, 'way'>, { isPhone }: Pick<Situation, 'isPhone'>): { step: StepName; problems: Problems } | undefined {
  const named = ofCode.has(code) ? [{ path: 'code', message: detail }] : code === 'account_taken' && fields.length === 0 ? [{ path: isPhone ? 'mobile' : 'accountName', message: detail }] : fields
  const problems: Problems = {}
  for (const { path, message } of named) if (isTyped(path)) problems[path] = { text: message }
  const [first] = Object.keys(problems)
  if (!first) return undefined
  if (way !== 'register') return first === 'code' ? { step: 'own-code', problems } : undefined
  return { step: isPhone ? (problems.password && Object.keys(problems).length === 1 ? 'password' : 'number') : 'account', problems }
}

const isTyped = (path: string): path is 'accountName' | 'mobile' | 'code' | 'password' => ['accountName', 'mobile', 'code', 'password'].includes(path)
