import * as z from 'zod/mini'
import { Locale } from '#contract/people.ts'
import { SpecialistWay } from '#contract/specialists.ts'
import { plainLine } from '#contract/text.ts'

const isValue: Record<SpecialistWay, (text: string) => boolean> = {
  // Blanks, dashes, full-width digits, `+86` and `0086` do no harm.
  MOBILE: (text) => /^(?:\+?86|0086)?1\d{10}$/.test(text.normalize('NFKC').replace(/[\s()\p{Pd}]/gu, '')),
  EMAIL: (text) => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text), ACCOUNT: (text) => /^[^\s*]{5,32}$/.test(text),
}
const codes: Record<SpecialistWay, string> = { MOBILE: 'mobile', EMAIL: 'email', ACCOUNT: 'account_name' }

/** Whom to invite. What the value must be hangs on the way. */
export const InviteForm = z.object({ way: SpecialistWay, value: z.string().check(z.trim(), z.maxLength(64, 'too_long')), name: plainLine(1, 64), language: Locale }).check(({ value: form, issues }) => {
  if (!isValue[form.way](form.value)) issues.push({ code: 'custom', path: ['value'], message: form.value === '' ? 'required' : codes[form.way], input: form.value })
})
export type InviteForm = z.infer<typeof InviteForm>
