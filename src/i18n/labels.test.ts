import { expect, test } from 'vitest'
import { customer_page as enCustomer } from './en-US/customer-page.ts'
import { funds as enFunds } from './en-US/funds.ts'
import { log as enLog } from './en-US/log.ts'
import { members as enMembers } from './en-US/members.ts'
import { assignments as zhAssignments } from './zh-CN/assignments.ts'
import { customer_page as zhCustomer } from './zh-CN/customer-page.ts'
import { funds as zhFunds } from './zh-CN/funds.ts'
import { log as zhLog } from './zh-CN/log.ts'
import { members as zhMembers } from './zh-CN/members.ts'
import { roles as zhRoles } from './zh-CN/roles.ts'
import { shell as zhShell } from './zh-CN/shell.ts'

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

test('a person finds the own role, the director and the columns of the members under one name on every page', () => {
  expect([zhShell.role, zhLog.value]).toMatchObject([zhRoles.name, zhRoles.name])
  expect([zhMembers.field.director, zhAssignments.director]).toEqual([zhRoles.name.director, zhRoles.name.director])
  expect([zhMembers.field.last_sign_in, enMembers.field.name]).toEqual(['最近登录时间', 'Member name'])
})
