import { expect, test } from 'vitest'
import { Amount } from '#contract/money.ts'
import { Masked } from '#contract/masked.ts'
import type { Fact, Summary } from '#contract/proofs.ts'
import { summaryLines } from './summary-lines.ts'

const summary = (operation: Summary['operation'], facts: [label: string, text: string][]): Summary =>
  ({ operation, total: null, count: 0, largest: null, facts: facts.map(([label, text]): Fact => ({ kind: 'text', label, text })), items: [], notes: [] })

test('the mail that carries a code says what is settled for customers: before and after, in the words of the page', () => {
  const notices = summary('notice.takeover', [['operation', 'notice.takeover'], ['takeover', 'takeover_on'], ['notice_balance_before', 'channels_sms_email_in_app'], ['notice_balance_after', 'channels_sms_in_app'], ['notice_product_before', 'channels_email'], ['notice_product_after', 'channels_none']])
  expect(summaryLines(notices, 'zh-CN')).toEqual(['客户消息设置：接管', '余额消息：短信、邮件、站内信 → 短信、站内信', '产品消息：邮件 → 不发送'])
  expect(summaryLines(notices, 'en-US')).toEqual(['Customer notices: taken over', 'Balance messages: SMS, email, in-app -> SMS, in-app', 'Product messages: email -> not sent'])
  expect(summaryLines(summary('notice.bill', [['operation', 'notice.bill'], ['bills_before', 'bills_hidden'], ['bills_after', 'bills_list']]), 'en-US')).toEqual(['Customer bills: not shown -> shown at list price'])
  expect(summaryLines(summary('verification.off', [['operation', 'verification.off']]), 'en-US')).toEqual([])
})

test('the mail that carries a code writes money and labels as its reader does', () => {
  const move: Summary = {
    operation: 'funds.reclaim', total: Amount.parse('1234.50'), count: 1, largest: Amount.parse('1234.50'), items: [{ nameMasked: Masked.parse('云海***公司'), idTail: '8841', amount: Amount.parse('1234.50') }], notes: [],
    facts: [{ kind: 'text', label: 'source', text: 'credit' }, { kind: 'number', label: 'lot', number: 'LT261129000943' }, { kind: 'money', label: 'face_value', amount: Amount.parse('1000.00') }],
  }
  expect(summaryLines(move, 'zh-CN')).toEqual(['云海***公司 (ID ..8841)  1,234.50元', '资金来源账户：信用账户', '批次：LT261129000943', '每张面值：1,000.00元'])
  expect(summaryLines(move, 'en-US')).toEqual(['云海***公司 (ID ..8841)  1,234.50 CNY', 'Source: credit account', 'Lot: LT261129000943', 'Face value each: 1,000.00 CNY'])
})
