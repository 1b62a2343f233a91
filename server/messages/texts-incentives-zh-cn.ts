import type { FeedbackAnsweredTold, FrozenTold, MessageText, StatementDueTold, StatementTold } from './wording.ts'

const sign = '【伙伴中心】'
const statement = ({ number, period, amount }: StatementTold): string => `激励账单 ${number}（${period}，${amount}元）`
const provisional = '截止日所跨年度的放假安排尚未公布，按法定节假日和周末推算，公布后可能顺延，不会提前。'
const rule = ({ until, onDeadline, isProvisional }: StatementDueTold): string =>
  `确认截止时间：${until}。${onDeadline === 'LAPSE' ? '逾期未确认，激励将失效。' : '逾期未确认，系统将自动确认。'}如对明细有疑问，请在截止前反馈；反馈不会延长确认时间。${isProvisional ? provisional : ''}`

/** What becomes of a statement, in few words. */
export const incentive = {
  due: ({ until, onDeadline }: StatementDueTold): string => `将于 ${until} ${onDeadline === 'LAPSE' ? '失效' : '自动确认'}`,
  lapsed: '未在截止时间前确认，已失效',
}

/** IC-01 in Chinese. */
export function toConfirm(told: StatementDueTold): MessageText {
  const deed = `${statement(told)}待确认`
  return { sms: `${sign}${deed}，请于 ${told.until} 前确认。`, subject: '激励账单待确认', mail: `${deed}。\n\n${rule(told)}` }
}

/** IC-02 in Chinese. */
export function confirmSoon(told: StatementDueTold): MessageText {
  const deed = `${statement(told)}${incentive.due(told)}`
  const left = told.daysLeft === 0 ? '今天是最后一天。' : `今天之后还有 ${told.daysLeft} 个工作日。`
  return { sms: `${sign}${deed}，请登录伙伴中心确认。`, subject: `激励账单${incentive.due(told)}`, mail: `${deed}。${left}\n\n${rule(told)}` }
}

/** IC-03 in Chinese. */
export const confirmedBySystem = (told: StatementTold): MessageText => ({ sms: `${sign}${statement(told)}已自动确认。`, subject: '激励账单已自动确认', mail: `${statement(told)}未在截止时间前确认，系统已自动确认。\n\n现在可以申请发放。` })

/** IC-04 in Chinese. */
export const lapsed = (told: StatementTold): MessageText => ({ sms: `${sign}${statement(told)}${incentive.lapsed}。`, subject: '激励已失效', mail: `${statement(told)}${incentive.lapsed}。\n\n如有疑问，请联系生态经理。` })

/** IC-05 in Chinese. */
export const feedbackAnswered = ({ number, line, answer }: FeedbackAnsweredTold): MessageText => ({
  sms: `${sign}您对激励账单 ${number} 的问题反馈已回复。`, subject: '问题反馈已回复', mail: `您对激励账单 ${number} 明细 ${line} 的问题反馈已回复：\n\n${answer}`,
})

/** IC-11 in Chinese. */
export function frozenOrReleased(told: FrozenTold): MessageText {
  const deed = `${statement(told)}${told.state === 'frozen' ? '中的激励已冻结' : '中的激励已解冻'}`
  return { sms: `${sign}${deed}。`, subject: told.state === 'frozen' ? '激励已冻结' : '激励已解冻', mail: `${deed}。\n\n${told.state === 'frozen' ? `原因：${told.reason}。冻结期间不能申请发放。` : '账单确认后即可申请发放。'}` }
}
