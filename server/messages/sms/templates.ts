import type { Locale } from '#contract/people.ts'
import { SendFailed } from '#server/messages/channel.ts'
import type { TemplateKind, TemplateUse } from '#server/messages/channel.ts'

/** Providers in China send registered texts only, with variables filled in. This is what has to be registered, and the order of the
 *  variables: Huawei numbers them (`${1}` is the first), Alibaba names them as here. The sender's sign is put in front by the provider.
 *  Variables are kept short because providers bound them to 20 to 35 characters. */
export const smsTemplates = {
  code: {
    variables: ['action', 'total', 'target', 'code', 'reference', 'minutes'],
    registered: {
      'zh-CN': '您正在${action}${total}元（${target}），验证码 ${code}（编号 ${reference}），${minutes} 分钟内有效，请勿告知他人。',
      'en-US': 'You are about to ${action} ${total} CNY ${target}. Code ${code}, reference ${reference}, valid ${minutes} minutes. Never pass it on.',
    },
  },
  'code-setting': {
    variables: ['action', 'code', 'reference', 'minutes'],
    registered: {
      'zh-CN': '您正在${action}，验证码 ${code}（编号 ${reference}），${minutes} 分钟内有效，请勿告知他人。',
      'en-US': 'You are about to ${action}. Code ${code}, reference ${reference}, valid ${minutes} minutes. Never pass it on.',
    },
  },
  'code-register': {
    variables: ['purpose', 'partner', 'code', 'reference', 'minutes'],
    registered: {
      'zh-CN': '您正在${purpose}（伙伴：${partner}），验证码 ${code}（编号 ${reference}），${minutes} 分钟内有效，请勿告知他人。',
      'en-US': 'You are about to ${purpose} (partner: ${partner}). Code ${code}, reference ${reference}, valid ${minutes} minutes. Never pass it on.',
    },
  },
  association: {
    variables: ['partner', 'type'],
    registered: {
      'zh-CN': '您已与${partner}关联（${type}）。登录后可在“我的合作伙伴”查看。',
      'en-US': 'You are now associated with ${partner} (${type}). Sign in and see My Partner.',
    },
  },
  security: {
    variables: ['what', 'time'],
    registered: {
      'zh-CN': '您的${what}已于 ${time} 修改。如非本人操作，请立即联系管理员。',
      'en-US': 'Your ${what} was changed on ${time}. If this was not you, tell your administrator now.',
    },
  },
  // The address stands in the registered text, so that the variable is as short as providers want it.
  specialist: {
    variables: ['partner', 'until', 'token'],
    registered: {
      'zh-CN': '${partner}邀请您成为其项目专员。请于 ${until} 前打开 <PUBLIC_URL>/specialist/${token} 接受邀请，请勿转发。',
      'en-US': '${partner} invites you as a project specialist. Accept until ${until} at <PUBLIC_URL>/specialist/${token} and do not pass it on.',
    },
  },
  payout: {
    variables: ['what', 'state'],
    registered: {
      'zh-CN': '${what}${state}，请登录伙伴中心查看。',
      'en-US': '${what}: ${state}. Sign in to see it.',
    },
  },
  incentive: {
    variables: ['number', 'amount', 'what'],
    registered: {
      'zh-CN': '激励账单 ${number}（${amount}元）${what}，请登录伙伴中心查看。',
      'en-US': 'Incentive statement ${number} (${amount} CNY) ${what}. Sign in to see it.',
    },
  },
  notice: {
    variables: ['partner', 'action', 'amount'],
    registered: {
      'zh-CN': '${partner}已${action}${amount}元。',
      'en-US': '${partner} ${action} ${amount} CNY.',
    },
  },
} as const satisfies Record<TemplateKind, { variables: readonly string[], registered: Record<Locale, string> }>

/** The ids that the provider gave the registered texts. */
export type TemplateIds = Record<TemplateKind, Record<Locale, string>>

/** Providers tie a sign to a kind of message, so notices may need another one than codes. */
export interface Sender {
  /** Name of the registered sign, without brackets. */
  signature: string
  /** Huawei only: the channel number that belongs to the sign. */
  from: string
}
export interface Senders { code: Sender, notice: Sender }

/** @returns the sender for a template. */
export const senderOf = (senders: Senders, kind: TemplateKind): Sender => (kind === 'notice' || kind === 'association' || kind === 'security' || kind === 'specialist' || kind === 'payout' || kind === 'incentive' ? senders.notice : senders.code)

/** @returns the variables as pairs, in the registered order. Refuses a template with a missing or empty variable by throwing SendFailed,
 *  because providers refuse it as well. */
export function templateVariables({ kind, params }: TemplateUse): [name: string, value: string][] {
  return smsTemplates[kind].variables.map((name) => {
    const value = params[name]
    if (value === undefined || value === '') throw new SendFailed('unsendable')
    return [name, value]
  })
}
