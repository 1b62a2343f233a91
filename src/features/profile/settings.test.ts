import { expect, test } from 'vitest'
import { billsEffect, isSameNotices, noticesEffect, silentTopics, type Template } from './settings.ts'

const all = { sms: true, email: true, inApp: true }
const none = { sms: false, email: false, inApp: false }
const template: Template = { balance: all, expiry: all, security: all, product: all }
const other: Template = { ...template, product: { ...all, sms: false } }

test.each([
  [{ isTakenOver: false, template }, { isTakenOver: true, template }, 'on'], [{ isTakenOver: true, template }, { isTakenOver: false, template: other }, 'off'],
  [{ isTakenOver: true, template }, { isTakenOver: true, template: other }, 'change'], [{ isTakenOver: true, template }, { isTakenOver: true, template }, 'keep'],
  [{ isTakenOver: false, template }, { isTakenOver: false, template: other }, 'none'],
] as const)('from %j to %j the person is told that it does "%s" to customers', (saved, draft, effect) => expect(noticesEffect(saved, draft)).toBe(effect))

test('one channel of one kind makes a difference, and a kind without any channel is named', () => {
  expect(isSameNotices({ isTakenOver: true, template }, { isTakenOver: true, template: { ...template } })).toBe(true)
  expect(isSameNotices({ isTakenOver: true, template }, { isTakenOver: true, template: other })).toBe(false)
  expect(silentTopics({ ...other, security: none })).toEqual(['security'])
})

test.each([
  [{ areShown: false, amounts: 'list' }, { areShown: true, amounts: 'none' }, 'show'], [{ areShown: true, amounts: 'list' }, { areShown: false, amounts: 'list' }, 'hide'],
  [{ areShown: true, amounts: 'list' }, { areShown: true, amounts: 'none' }, 'amounts'], [{ areShown: true, amounts: 'list' }, { areShown: true, amounts: 'list' }, 'keep'],
  [{ areShown: false, amounts: 'list' }, { areShown: false, amounts: 'none' }, 'none'], [{ areShown: false, amounts: 'list' }, { areShown: false, amounts: 'list' }, 'keep_hidden'],
] as const)('from bills %j to %j the person is told that it does "%s" to customers', (saved, draft, effect) => expect(billsEffect(saved, draft)).toBe(effect))
