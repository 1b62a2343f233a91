import type { Reply } from '#contract/endpoint.ts'
import { Amount } from '#contract/money.ts'
import type { Locale } from '#contract/people.ts'
import type { previewMessage } from '#contract/security.ts'
import { codeMessage } from '#server/messages/texts.ts'

/** @returns a message as it would be written now, about a customer and with a code that nobody has. */
export function sampleMessage(locale: Locale, now: Date, timeZone: string): Reply<typeof previewMessage> {
  const { sms, subject, mail } = codeMessage({
    locale, operation: 'funds.allocate', total: Amount.parse('12000.00'), count: 1, payee: '云海***公司 (ID ..8841)', code: '123456', reference: 'AB', minutes: 10, requestedAt: now, timeZone,
    lines: ['云海***公司 (ID ..8841)  12,000.00 CNY'],
  })
  return { sms, mail: { subject, text: mail } }
}
