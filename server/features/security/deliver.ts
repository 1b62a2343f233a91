import { randomUUID } from 'node:crypto'
import type { Locale } from '#contract/people.ts'
import type { Deps } from '#server/http/deps.ts'
import { sendWithin, type Channel } from '#server/messages/channel.ts'
import { personalCodeMessage } from '#server/messages/texts.ts'
import type { PersonalPurpose } from '#server/messages/wording.ts'
import { newCode, newReference } from '#server/proofs/code.ts'
import { resendWait } from '#server/limits.ts'

export type NewCode = { code: string; reference: string; expiresAt: Date }
/** @param until the code lives no longer than what it is for. */
export function makeCode({ settings }: Deps, now: Date, until?: Date): NewCode {
  const end = now.getTime() + settings.codeLifeSeconds * 1000
  return { code: newCode(), reference: newReference(), expiresAt: new Date(until ? Math.min(end, until.getTime()) : end) }
}

/** What the screen is told of a code that was sent. */
export const told = ({ reference, expiresAt }: NewCode, now: Date) =>
  ({ reference, resendAt: new Date(now.getTime() + resendWait * 1000).toISOString(), expiresAt: expiresAt.toISOString(), now: now.toISOString() })

type Letter = { channel: Channel; address: string; purpose: PersonalPurpose; locale: Locale; timeZone: string; made: NewCode; now: Date }
/** Hands a code to the provider. It leaves from memory after the commit and rests nowhere. Refuses by throwing SendFailed, or where there is no such channel. */
export async function deliver({ channels, settings }: Deps, { channel, address, purpose, locale, timeZone, made: { code, reference }, now }: Letter): Promise<void> {
  const by = channels[channel]
  if (!by) throw new Error(`no ${channel} channel`)
  const text = personalCodeMessage({ locale, purpose, code, reference, minutes: Math.floor(settings.codeLifeSeconds / 60), requestedAt: now, timeZone })
  const id = randomUUID()
  await sendWithin(by, channel === 'sms' ? { id, to: address, text: text.sms, template: text.template } : { id, to: address, subject: text.subject, text: text.mail })
}
