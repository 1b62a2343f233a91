import { SendFailed, codeOf } from '#server/messages/channel.ts'
import type { Outgoing, TemplateUse } from '#server/messages/channel.ts'

/** @returns the message's mobile number and template. Refuses a number that is not E.164 or a message without template by throwing SendFailed. */
export function smsParts({ to, template }: Outgoing): { to: string, template: TemplateUse } {
  if (!/^\+[1-9]\d{6,14}$/.test(to) || template === undefined) throw new SendFailed('unsendable')
  return { to, template }
}

/** Posts to a provider and reads its JSON answer, whatever the status: providers say in the body what is wrong.
 *  Refuses with SendFailed: timeout when the signal ended it, unreachable without an answer, refused when the answer is no JSON object. */
export async function postToProvider(url: string, headers: Record<string, string>, body: string, signal: AbortSignal): Promise<{ status: number, answer: object }> {
  const { status, text } = await exchange(url, headers, body, signal)
  try {
    const answer: unknown = JSON.parse(text)
    if (typeof answer === 'object' && answer !== null) return { status, answer }
  } catch {
    // Not JSON: a proxy or an outage page answered. Its text is not ours to log.
  }
  throw new SendFailed('refused', `http-${status}`)
}

async function exchange(url: string, headers: Record<string, string>, body: string, signal: AbortSignal): Promise<{ status: number, text: string }> {
  try {
    // A redirect would carry the signed request, and with it the code, to somebody else.
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' })
    return { status: response.status, text: await response.text() }
  } catch (error) {
    if (signal.aborted) throw new SendFailed('timeout')
    throw new SendFailed('unreachable', codeOf(error instanceof Error ? error.cause : undefined))
  }
}
