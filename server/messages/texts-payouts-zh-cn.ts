import type { MessageText } from './wording.ts'
import type { PayoutState, PayoutTold, PayoutWay } from './wording-payouts.ts'

const sign = '【伙伴中心】'
const request = ({ number, amount }: { number: string, amount: string }): string => `发放申请 ${number}（${amount}元）`
const way: Record<PayoutWay, string> = { BANK_TRANSFER: '银行转账', TOP_UP: '充值到账户', VOUCHER_QUOTA: '代金券额度' }
const states: Record<PayoutState, string> = { TEST_PAYMENT: '待打款验证', CERTIFIED: '已通过', LOCKED: '已锁定', FAILED: '未通过' }
const next: Record<PayoutState, string> = {
  TEST_PAYMENT: '我们已向您的收款账户转入一笔小额款项。请在“商业信息”中填写收到的金额，共可填写 3 次。', CERTIFIED: '现在可以申请发放激励。',
  LOCKED: '打款金额 3 次填写不正确，验证已锁定。请提交工单，由运营人员解锁。', FAILED: '请按原因修改后重新提交；如有疑问，请提交工单，3 个工作日内答复。',
}
const text = (what: string, state: string, subject: string, more: string): MessageText => ({ sms: `${sign}${what}${state}，请登录伙伴中心查看。`, subject, mail: `${what}${state}。\n\n${more}`, brief: { what, state } })

/** IC-06 to IC-10, IC-12 and IC-13 in Chinese. */
export const payouts: { [K in keyof PayoutTold]: (told: PayoutTold[K]) => MessageText } = {
  'IC-06': (told) => (told.result === 'approved' ? text(request(told), '审核通过', '发放申请审核通过', '如需开具发票，请在“激励开票”中办理。') : text(request(told), '审核不通过', '发放申请审核不通过', `原因：${told.reason}\n\n您可以修改后重新提交。`)),
  'IC-07': (told) => text(request(told), '待开票', '请开具发票', `请按 ${told.amount} 元开具发票，金额须完全一致。请在“激励开票”中打印开票清单，并填写发票信息。`),
  'IC-08': (told) => text(request(told), '的发票已退回', '发票已退回', `原因：${told.reason}\n\n请在“激励开票”中修改后重新提交。`),
  'IC-09': (told) => text(request(told), '已发放', '激励已发放', `金额：${told.amount} 元\n发放方式：${way[told.way]}`),
  'IC-10': (told) => text(request(told), '付款失败', '激励发放失败', `原因：${told.reason}\n\n${told.way === 'BANK_TRANSFER' ? '请在“商业信息”中更正收款账户，重新认证后将继续付款。' : '云平台会再次付款，您无须修改商业信息。'}`),
  'IC-12': (told) => text('商业信息认证', states[told.state], `商业信息认证${states[told.state]}`, `${told.state === 'FAILED' ? `原因：${told.reason}\n\n` : ''}${next[told.state]}`),
  'IC-13': (told) => (told.result === 'approved'
    ? text(`${told.quarter} 季度付款申请 ${told.number}`, '审核通过', '季度付款审核通过', `金额：${told.amount} 元`)
    : text(`${told.quarter} 季度付款申请 ${told.number}`, '审核不通过', '季度付款审核不通过', `金额：${told.amount} 元\n原因：${told.reason}\n\n您可以修改后重新提交。`)),
}
