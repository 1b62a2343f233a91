import type { LoggedOperation } from '#contract/operation-log.ts'

type Pair = [zh: string, en: string]
/** The words of everything that is logged about payouts, in exported files. */
export const payoutOperations = {
  'business.submitted': ['提交商业信息', 'Business information submitted'],
  'business.test_payment': ['打款验证', 'Test payment confirmed'],
  'business.reviewed': ['商业信息审核', 'Business information reviewed'],
  'business.test_sent': ['发起打款验证', 'Test payment sent'],
  'business.unlocked': ['解锁打款验证', 'Test payment unlocked'],
  'business.downloaded': ['下载税务证明', 'Tax certificate downloaded'],
  'business.shown': ['查看收款账户', 'Bank account shown'],
  'payment.requested': ['申请发放激励', 'Payment of incentives requested'],
  'payment.resent': ['重新提交发放申请', 'Payment request sent again'],
  'payment.withdrawn': ['撤销发放申请', 'Payment request withdrawn'],
  'payment.step': ['发放申请状态变更', 'Payment request moved on'],
  'payment.automatic': ['设置自动申请', 'Automatic request set'],
  'invoice.submitted': ['提交激励发票', 'Incentive invoice submitted'],
  'invoice.published': ['发布开票清单', 'Invoice list published'],
  'invoice.downloaded': ['下载发票文件', 'Invoice file downloaded'],
  'partner.bills': ['伙伴账单缴费状态', 'State of partner bills'],
} as const satisfies Partial<Record<LoggedOperation, Pair>>
