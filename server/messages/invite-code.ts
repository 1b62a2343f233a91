import type { AssociationType } from '#contract/customers.ts'
import type { Locale } from '#contract/people.ts'
import type { TemplateUse } from './channel.ts'
import { plainText } from './plain-text.ts'

/** What a code behind an invitation opens: a new account, or the association of an account that exists. */
export type InvitePurpose = 'register' | 'accept'
type InviteCode = { locale: Locale; purpose: InvitePurpose; /** Any text. */ partner: string; code: string; reference: string; minutes: number }

const words: Record<Locale, { purpose: Record<InvitePurpose, string>; sms: (purpose: string, told: InviteCode) => string }> = {
  'zh-CN': {
    purpose: { register: '注册账号并关联伙伴', accept: '关联伙伴' },
    sms: (purpose, { partner, code, reference, minutes }) => `【伙伴中心】您正在${purpose}（伙伴：${partner}），验证码 ${code}（编号 ${reference}），${minutes} 分钟内有效，请勿告知他人。`,
  },
  'en-US': {
    purpose: { register: 'register and associate', accept: 'associate' },
    sms: (purpose, { partner, code, reference, minutes }) => `[Partner Center] You are about to ${purpose} (partner: ${partner}). Code ${code}, reference ${reference}, valid ${minutes} minutes. Never pass it on.`,
  },
}

/** @returns the SMS that carries a code to a customer: the partner, what the code opens, code, reference, validity and warning, and no link. `template` is the
 *  same for a provider that sends registered texts only. Refuses a code that is not six digits or a reference that is not two capitals by throwing. */
export function inviteCodeMessage(told: InviteCode): { text: string; template: TemplateUse } {
  if (!/^\d{6}$/.test(told.code) || !/^[A-Z]{2}$/.test(told.reference)) throw new RangeError('malformed code or reference')
  const { purpose, sms } = words[told.locale]
  const plain = { ...told, partner: plainText(told.partner) }
  return {
    text: sms(purpose[told.purpose], plain),
    template: { kind: 'code-register', locale: told.locale, params: { purpose: purpose[told.purpose], partner: plain.partner, code: told.code, reference: told.reference, minutes: String(told.minutes) } },
  }
}

const typeWords: Record<Locale, Record<AssociationType, string>> = { 'zh-CN': { RESALE: '代售', REFERRAL: '推荐' }, 'en-US': { RESALE: 'resale', REFERRAL: 'referral' } }
/** @param partner plain text already. @returns what a provider of registered texts needs to tell a customer that it was associated (AS-01). */
export const associationTemplate = (locale: Locale, partner: string, type: AssociationType): TemplateUse => ({ kind: 'association', locale, params: { partner, type: typeWords[locale][type] } })
