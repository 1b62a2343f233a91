import { expect, test } from 'vitest'
import { judgeReport, type KnownAccount, type Standing } from './rules.ts'

const now = new Date('2026-11-20T01:00:00Z')
const standing: Standing = { holder: 'nobody', used: 0, max: 100, oldBefore: new Date('2026-11-13T01:00:00Z') }
const account = (facts: string[] = [], more: Partial<KnownAccount> = {}): KnownAccount => ({ isAssociated: false, facts, registeredAt: now, ...more })
const judge = (accounts: KnownAccount[], more: Partial<Standing> = {}) => {
  const finding = judgeReport(accounts, { ...standing, ...more })
  return finding.kind === 'free' ? 'free' : `${finding.kind} ${finding.cause}`
}

test('a number without an account, and one with nothing against it, are free', () => {
  expect([judge([]), judge([account()]), judge([account(['UNPAID_BILLS', 'CREDIT_ACCOUNT'])])]).toEqual(['free', 'free', 'free'])
})

test('what can never be is told before what a review may allow, and the limit after both reasons of the number', () => {
  expect(judge([account(['OTHER_COUNTRY', 'CONSUMER_CLOUD'])])).toBe('refused CONSUMER_CLOUD')
  expect(judge([account(['OTHER_COUNTRY'])], { used: 100 })).toBe('refused LIMIT_REACHED')
  expect(judge([account(['OTHER_SITE'])], { used: 100 })).toBe('refused OTHER_SITE')
  expect(judge([account([], { isAssociated: true })], { holder: 'other' })).toBe('refused ALREADY_ASSOCIATED')
  expect(judge([account([], { isAssociated: true })], { holder: 'own', used: 100 })).toBe('refused OWN_DUPLICATE')
})

test('the hundredth place is given, the next is not', () => {
  expect([judge([], { used: 99 }), judge([], { used: 100 })]).toEqual(['free', 'refused LIMIT_REACHED'])
})

test('cash spend is in the way unless direct sales follow the same account', () => {
  expect(judge([account(['CASH_SPEND'])])).toBe('refused CASH_SPEND')
  expect(judge([account(['CASH_SPEND', 'FOLLOWED_BY_SALES'])])).toBe('review FOLLOWED_BY_SALES')
  expect(judge([account(['CASH_SPEND']), account(['FOLLOWED_BY_SALES'])])).toBe('refused CASH_SPEND')
})

test('an account that sales follow needs a review once it is older than seven days, to the second', () => {
  expect(judge([account(['FOLLOWED_BY_SALES'], { registeredAt: standing.oldBefore })])).toBe('free')
  expect(judge([account(['FOLLOWED_BY_SALES'], { registeredAt: new Date(standing.oldBefore.getTime() - 1000) })])).toBe('review FOLLOWED_BY_SALES')
})

test('one of several accounts of a number is enough to be in the way', () => {
  expect(judge([account(), account(['VENDOR_CONTRACT'])])).toBe('refused VENDOR_CONTRACT')
  expect(judge([account(), account(['OWNED_BY_VENDOR_SALES'])])).toBe('review OWNED_BY_VENDOR_SALES')
})
