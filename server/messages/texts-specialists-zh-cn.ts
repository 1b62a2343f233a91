import type { MessageText, SpecialistReviewedTold, SpecialistTold } from './wording.ts'

const sign = '【伙伴中心】'

/** SP-01 in Chinese. */
export function specialistInvited({ partner, until, url }: SpecialistTold): MessageText {
  const deed = `${partner}邀请您成为其项目专员`
  return {
    sms: `${sign}${deed}。请于 ${until} 前打开 ${url} 接受邀请，请勿转发。`, subject: deed,
    mail: `${deed}。\n\n请用您的个人云平台账号登录并接受邀请，企业账号不能接受。链接有效期至 ${until}，仅可使用一次，此前的链接已失效，请勿转发：\n${url}\n\n如果您不认识${partner}，请忽略本消息。`,
  }
}

/** SP-02 in Chinese. */
export function specialistReviewed(told: SpecialistReviewedTold): MessageText {
  const deed = told.result === 'approved' ? `您已成为${told.partner}的项目专员` : `您成为${told.partner}项目专员的申请审核不通过`
  const rest = told.result === 'approved' ? '绑定期间，伙伴可以查看您填写的个人资质信息。' : `原因：${told.reason}`
  return { sms: `${sign}${deed}。`, subject: deed, mail: `${deed}。\n\n${rest}` }
}
