import type { MessageText, ResellerQuotaTold } from './wording.ts'

const sign = '【伙伴中心】'

/** CP-06 in Chinese. */
export function resellerQuota({ what, distributor, number, value, at }: ResellerQuotaTold): MessageText {
  const deed = what === 'issued' ? `${distributor}已于 ${at} 向您发放代金券额度 ${number}，金额${value}元` : `${distributor}已于 ${at} 回收您的代金券额度 ${number} 的剩余金额${value}元`
  return { sms: `${sign}${deed}。`, subject: '代金券额度变更', mail: `${deed}。\n\n${what === 'issued' ? '您可在额度有效期内用其向客户发放代金券。' : '已发放给客户的代金券不受影响。'}` }
}
