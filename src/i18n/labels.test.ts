import { expect, test } from 'vitest'
import { customer_page as enCustomer } from './en-US/customer-page.ts'
import { funds as enFunds } from './en-US/funds.ts'
import { log as enLog } from './en-US/log.ts'
import { customer_page as zhCustomer } from './zh-CN/customer-page.ts'
import { funds as zhFunds } from './zh-CN/funds.ts'
import { log as zhLog } from './zh-CN/log.ts'

test.each([
  ['zh-CN', zhFunds, zhLog, zhCustomer.log], ['en-US', enFunds, enLog, enCustomer.log],
] as const)('somebody who reads of one movement in lists, drawer and log meets the same words (%s)', (_locale, funds, log, ofCustomer) => {
  expect([funds.confirmed_by, ofCustomer.confirmed_by]).toEqual([log.field.confirmed_by, log.field.confirmed_by])
  expect([funds.confirmed.none, ofCustomer.confirmed.none, funds.confirmed.email]).toEqual([log.confirmed_long.none, log.confirmed_long.none, ofCustomer.confirmed.email])
  expect(ofCustomer.results).toEqual(log.result)
  expect(funds.field.batch).toBe(log.detail.batch)
})

test('a Chinese reader finds the labels of the records as they were agreed', () => {
  expect(zhFunds.field).toMatchObject({ batch: '批次号', before: '变更前余额', after: '变更后余额', balance_after: '变更后余额', direction: '收支方向', related: '关联单据', counterparty: '对方' })
})
