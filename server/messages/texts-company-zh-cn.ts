import type { CompanyReviewedTold, MessageText } from './wording.ts'

const sign = '【伙伴中心】'

/** PR-06 in Chinese. */
export function companyReviewed(told: CompanyReviewedTold): MessageText {
  const result = told.result === 'approved' ? '审核通过' : '审核不通过'
  const rest = told.result === 'approved' ? '新的公司信息已生效。' : `原公司信息保持不变。原因：${told.reason}\n\n您可以修改后重新提交。`
  return { sms: `${sign}公司信息变更${result}。`, subject: `公司信息${result}`, mail: `公司信息变更${result}。\n\n${rest}` }
}
