import { expect, test } from 'vitest'
import { toProblem } from './problem.ts'
import { Refusal } from './refusal.ts'
import { rowSentence } from './sentences.ts'

const facts = { available: '1234567.89', needed: '9999999999.99', short: '999.00' }

test('a person reads amounts with separated thousands, in both languages; a program gets them as they are', () => {
  const [zh, en] = (['zh-CN', 'en-US'] as const).map((locale) => toProblem(new Refusal('insufficient_funds', { facts }), 'request', locale, 'Asia/Shanghai'))
  expect(zh?.detail).toBe('可用余额不足：可用 1,234,567.89，需要 9,999,999,999.99，差额 999.00。资金未变动。')
  expect(en?.detail).toBe('Available 1,234,567.89, needed 9,999,999,999.99, short 999.00. No money moved.')
  expect([zh?.facts, en?.facts]).toEqual([facts, facts])
})

test('so do the sentences about rows, and numbers that are no amounts stay whole', () => {
  expect(rowSentence('above_reclaimable', 'zh-CN', { max: '12345.60' })).toBe('超过可回收金额 12,345.60。')
  expect(rowSentence('above_lot', 'en-US', { max: '-1000.00' })).toBe('Above what is left of this lot (-1,000.00).')
  expect(rowSentence('duplicate', 'en-US', { other: '1000' })).toBe('Already in the list (row 1000).')
})
