import type { Problem } from '#contract/errors.ts'
import { AuthenticatorKind, type ConfirmMethod, type ProofRequired, type SentCode } from '#contract/proofs.ts'
import { type Trouble, troubleOf } from '#src/code/trouble.ts'

/** The situation of the security check. One at a time. */
export type Step =
  | { at: 'click' }
  | { at: 'no-contact' }
  /** Only an authenticator will do, and the person has none. */
  | { at: 'no-authenticator' }
  /** The right code was handed in already; only the execution is missing. */
  | { at: 'passed' }
  | { at: 'code'; sent: SentCode | null; sendsUsed: number; sendsMax: number; attemptsLeft: number; doing: 'nothing' | 'sending' | 'signing' | 'checking'; trouble: Trouble | undefined }
  /** Nothing more can be done with this proof; back to the form. */
  | { at: 'void'; why: 'attempts' | 'expired' | 'used' | 'other'; text: string }
  | { at: 'locked'; seconds: number; text: string }

export type Happening =
  | { type: 'sending' } | { type: 'checking' } | { type: 'malformed' } | { type: 'unreachable' }
  /** Another way was chosen: what was wrong with the one before is of no interest. */
  | { type: 'chosen' }
  /** The browser's dialog for a passkey is open; it ended without an answer; the device could not answer. */
  | { type: 'signing' } | { type: 'stopped' } | { type: 'failed' }
  | { type: 'sent'; sent: SentCode; sendsUsed: number; sendsMax: number; attemptsLeft: number }
  | { type: 'refused'; problem: Pick<Problem, 'code' | 'detail' | 'attemptsLeft' | 'retryAfter' | 'facts'> }

/** @returns the ways this person may confirm with, in the order of the choice: messages, unless an authenticator is required, then the app, then passkeys. */
export const waysOf = ({ channels, authenticators, needsAuthenticator }: Pick<ProofRequired, 'channels' | 'authenticators' | 'needsAuthenticator'>): { way: ConfirmMethod; note: string }[] => [
  ...(needsAuthenticator ? [] : channels.map(({ channel, destination }) => ({ way: channel, note: destination }))),
  ...AuthenticatorKind.options.map((kind) => ({ way: kind, names: authenticators.filter((one) => one.kind === kind).map(({ name }) => name) }))
    .filter(({ names }) => names.length > 0).map(({ way, names }) => ({ way, note: names.join(' · ') })),
]

/** @param isUsable whether this browser can use the way. @returns the way to begin with: the one whose code still lives, the one used last, else the first. */
export function firstWay(proof: ProofRequired, isUsable: (way: ConfirmMethod) => boolean): ConfirmMethod | undefined {
  const ways = waysOf(proof).map(({ way }) => way).filter(isUsable)
  return [proof.sent?.channel, proof.preferred].find((way) => ways.some((one) => one === way)) ?? ways[0]
}

/** @param proof what the server froze. @param now milliseconds by the server's clock. @returns where the dialog starts; after a reload that is
 *  where it was. */
export function firstStep(proof: ProofRequired, now: number): Step {
  if (proof.passedUntil && Date.parse(proof.passedUntil) > now) return { at: 'passed' }
  if (proof.needs === 'click' && !proof.needsAuthenticator) return { at: 'click' }
  if (waysOf(proof).length === 0) return { at: proof.needsAuthenticator ? 'no-authenticator' : 'no-contact' }
  const { sent, sendsUsed, sendsMax, attemptsLeft } = proof
  return { at: 'code', sent, sendsUsed, sendsMax, attemptsLeft, doing: 'nothing', trouble: undefined }
}

/** @returns the situation after something happened. What does not fit the present one changes nothing. */
export function nextStep(step: Step, happening: Happening): Step {
  if (happening.type === 'refused' && step.at !== 'code') return ended(happening.problem) ?? step
  if (step.at !== 'code') return step
  switch (happening.type) {
    case 'sending': return { ...step, doing: 'sending', trouble: undefined }
    case 'checking': return { ...step, doing: 'checking', trouble: undefined }
    case 'malformed': return { ...step, doing: 'nothing', trouble: { kind: 'malformed' } }
    case 'unreachable': return { ...step, doing: 'nothing', trouble: { kind: 'unreachable' } }
    case 'chosen': return { ...step, trouble: undefined }
    case 'signing': return { ...step, doing: 'signing', trouble: undefined }
    case 'stopped': return { ...step, doing: 'nothing', trouble: { kind: 'passkey_stopped' } }
    case 'failed': return { ...step, doing: 'nothing', trouble: { kind: 'passkey_failed' } }
    case 'sent': {
      const { type: _type, ...counts } = happening
      return { ...step, ...counts, doing: 'nothing', trouble: undefined }
    }
    case 'refused': return ended(happening.problem) ?? troubled(step, happening.problem)
  }
}

type CodeStep = Extract<Step, { at: 'code' }>
type Refused = Extract<Happening, { type: 'refused' }>['problem']

function ended({ code, detail, attemptsLeft, retryAfter, facts }: Refused): Step | undefined {
  // With a time to wait the person is locked; without one only this proof is.
  if (code === 'proof_locked' && retryAfter !== undefined) return { at: 'locked', seconds: retryAfter, text: detail }
  if (code === 'proof_locked' || (code === 'code_wrong' && attemptsLeft === 0)) return { at: 'void', why: 'attempts', text: detail }
  if (code !== 'proof_closed' && code !== 'not_found') return undefined
  // A proof of an earlier sign-in is unknown to the server.
  const why = code === 'not_found' ? 'expired' : facts?.['why']
  return { at: 'void', why: why === 'attempts' || why === 'expired' || why === 'used' ? why : 'other', text: detail }
}

function troubled(step: CodeStep, problem: Refused): Step {
  const still = { ...step, doing: 'nothing' as const, trouble: troubleOf(problem) }
  switch (problem.code) {
    case 'code_wrong': return { ...still, attemptsLeft: problem.attemptsLeft ?? Math.max(0, step.attemptsLeft - 1) }
    case 'code_expired': return { ...still, sent: null }
    case 'sends_used_up': return { ...still, sendsUsed: step.sendsMax, trouble: undefined }
    // The failed message counts as well.
    case 'send_failed': return { ...still, sendsUsed: Math.min(step.sendsMax, step.sendsUsed + 1) }
    default: return still
  }
}
