import type { Locale } from '#contract/people.ts'

export type Channel = 'sms' | 'email'

/** The texts an SMS provider must have registered: a code for moved money, a code for a setting, a code behind an invitation, a notice about money, that a
 *  customer was associated, that a contact or password was changed, the invitation of a project specialist, how a payout stands, and what becomes of an incentive. */
export type TemplateKind = 'code' | 'code-setting' | 'code-register' | 'notice' | 'association' | 'security' | 'specialist' | 'payout' | 'incentive'

/** What goes to a provider that only sends registered texts: which one, and its variables by name. */
export interface TemplateUse { kind: TemplateKind, params: Record<string, string>, locale: Locale }

export interface Outgoing {
  /** Stable message id: the provider's reference and the Message-ID, so that a second delivery is recognised. */
  id: string
  /** One destination as `normalizeMobile` (E.164) or `normalizeEmail` returns it. */
  to: string
  /** Mail only. */
  subject?: string
  text: string
  /** Mail only, beside the text. */
  html?: string
  /** SMS only. */
  template?: TemplateUse
}

export interface MessageChannel {
  /** Hands one message to the provider and resolves when the provider has taken it.
   *  @param message its destination is validated already. @param signal ends the attempt.
   *  Refuses by throwing SendFailed. */
  send(message: Outgoing, signal: AbortSignal): Promise<void>
}

/** timeout: no answer in time, the message may or may not arrive. unreachable: no connection. refused: the provider said no.
 *  unsendable: the message itself is malformed or has no template; no repetition helps. */
export type SendFailure = 'timeout' | 'unreachable' | 'refused' | 'unsendable'

/** A message that was not, or not certainly, taken. It is made to be logged: it has a reason and at most the provider's error code, never
 *  a destination, a text or the error behind it, because those quote what was sent. */
export class SendFailed extends Error {
  readonly reason: SendFailure
  readonly providerCode: string | undefined

  constructor(reason: SendFailure, providerCode?: string) {
    const code = providerCode === undefined ? undefined : safeCode(providerCode)
    super(`message not sent: ${reason}${code === undefined ? '' : ` (${code})`}`)
    this.name = 'SendFailed'
    this.reason = reason
    this.providerCode = code
  }
}

/** The time a provider has for one message, in milliseconds. */
export const providerMs = 5000

/** Sends a message with a time limit that holds even if the channel ignores its signal.
 *  @param ms the limit in milliseconds. @returns when the provider has taken the message.
 *  Refuses with SendFailed and nothing else, so that no caller has to fear what an error quotes. */
export async function sendWithin(channel: MessageChannel, message: Outgoing, ms: number = providerMs): Promise<void> {
  const limit = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new SendFailed('timeout'))
      limit.abort()
    }, ms)
  })
  try {
    await Promise.race([send(channel, message, limit.signal), tooLate])
  } catch (error) {
    throw error instanceof SendFailed ? error : new SendFailed('unreachable', codeOf(error) ?? nameOf(error))
  } finally {
    clearTimeout(timer)
  }
}

/** @returns the `code` of a system or library error, e.g. `ECONNREFUSED`, or undefined. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

async function send(channel: MessageChannel, message: Outgoing, signal: AbortSignal): Promise<void> {
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(message.id)) throw new SendFailed('unsendable')
  await channel.send(message, signal)
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')

/** A peer could write anything where its code should be: only what looks like a code is kept. */
const safeCode = (code: string): string => (/^(?:[A-Za-z][A-Za-z0-9._-]{0,63}|\d{1,6})$/.test(code) ? code : 'unknown')
