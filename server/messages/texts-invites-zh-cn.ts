import type { AssociatedTold, InvitationTold, MessageText, ReportEndsTold, ReviewedTold, WelcomeTold } from './wording.ts'
import type { MailBlock } from './mail-layout.ts'

const sign = '【伙伴中心】'
const types = { RESALE: '代售', REFERRAL: '顾问销售' } as const

/** The mail that invites a prospect, in Chinese. */
export function invitation({ partner, name, type, mobile, until, isRepeated }: InvitationTold): { subject: string, blocks: MailBlock[] } {
  return {
    subject: isRepeated ? `${partner}再次邀请您关联（新链接）` : `${partner}邀请您关联`,
    blocks: [
      { kind: 'text', text: `${name}，您好：` },
      { kind: 'text', text: `${partner}邀请您成为其客户，关联类型为${types[type]}。${isRepeated ? '此前邮件中的链接均已失效，请使用本邮件中的链接。' : ''}` },
      {
        kind: 'text', text: type === 'RESALE'
          ? `关联后，您使用的云服务由${partner}销售：发票、充值和服务支持由${partner}提供，不再由平台直接提供。`
          : `关联后，您仍直接向平台付款和开票，${partner}为您提供咨询和服务。`,
      },
      { kind: 'button', text: '查看邀请' },
      { kind: 'facts', facts: [{ label: '关联类型', value: types[type] }, { label: '注册手机号码', value: mobile }, { label: '有效期至', value: until }] },
      { kind: 'text', text: `请使用手机号码 ${mobile} 注册或登录，使用其他号码将无法关联。链接仅可使用一次，请勿转发。` },
      { kind: 'small', text: `如果您不认识${partner}，请忽略本邮件，不会产生任何影响。` },
      { kind: 'small', text: '本邮件由系统发送，请勿回复。' },
    ],
  }
}

/** IN-03 in Chinese. */
export function associated({ customer, type, at }: AssociatedTold): MessageText {
  const deed = `${customer}已于 ${at} 与您关联，关联类型为${types[type]}`
  const next = type === 'RESALE' ? '新关联的代售客户处于冻结状态：请先拨款，再解冻账号。' : '该客户无需拨款，可直接使用云服务。'
  return { sms: `${sign}${deed}。`, subject: '客户已关联', mail: `${deed}。\n\n${next}` }
}

/** IN-05 in Chinese. */
export function reportEnds({ customer, until }: ReportEndsTold): MessageText {
  const deed = `${customer}的报备将于 ${until} 到期`
  return { sms: `${sign}${deed}。`, subject: '报备即将到期', mail: `${deed}。\n\n到期后，其他伙伴也可以报备该客户。如需继续跟进，请尽快邀请客户完成关联。` }
}

/** IN-06 in Chinese. */
export function reviewed(told: ReviewedTold): MessageText {
  const deed = told.result === 'approved' ? `${told.customer}的报备已通过审核，有效期至 ${told.until}` : `${told.customer}的报备未通过审核`
  return { sms: `${sign}${deed}。`, subject: told.result === 'approved' ? '报备审核通过' : '报备审核不通过', mail: told.result === 'approved' ? `${deed}。现在可以邀请该客户。` : `${deed}。\n\n原因：${told.reason}` }
}

/** AS-01 in Chinese. */
export function welcome({ partner, type }: WelcomeTold): MessageText {
  const deed = `您已关联${partner}，关联类型为${types[type]}`
  return { sms: `${sign}${deed}。可登录后在“我的合作伙伴”中查看。`, subject: `您已关联${partner}`, mail: `${deed}。\n\n可在“我的合作伙伴”中查看伙伴信息和您同意的协议。` }
}
