import { beforeAll, expect, test } from 'vitest'
import type { LoggedOperation } from '#contract/operation-log.ts'
import { loadRest, startTexts, switchLanguage } from '#src/i18n/i18n.ts'
import { detailLabel, detailText, pageText } from './details.ts'

beforeAll(async () => {
  await startTexts()
  await loadRest()
  await switchLanguage('en-US')
})

const cases: [LoggedOperation, string, string, string][] = [
  ['funds.reclaim', 'source', 'top-up', 'Top-up account'],
  ['proof.frozen', 'operation', 'funds.allocate', 'Allocate'],
  ['proof.frozen', 'total', '1234567.80', '1,234,567.80'],
  ['proof.frozen', 'count', '1200', '1,200'],
  ['proof.limit', 'limit', 'send.hour.person', 'Sends per hour and person'],
  ['access.refused', 'permission', 'customer.export', 'Export customers'],
  ['verification.locked', 'until', '2026-11-20T14:00:00.000Z', '2026-11-20 22:00:00 (GMT+08:00)'],
  ['data.reveal', 'field', 'accountName', 'Account name'],
  ['data.reveal', 'page', '/customers', 'Customers'],
  ['ledger.mismatch', 'difference', '-1050', '−10.50'],
  ['customer.changed', 'changed', 'state, budget', 'State, Budget'],
  ['member.changed', 'after', 'manager +funds.allocate -invite.link', 'Account manager, +Allocate, −Generate invitation links'],
  ['member.changed', 'after', 'manager, Night shift +funds.allocate', 'Account manager, Night shift, +Allocate'],
  ['member.changed', 'before', '138****5678, l***@partner.example', '138****5678, l***@partner.example'],
  ['member.deleted', 'before', 'operator, 财务专员', 'Operator, 财务专员'],
  ['role.created', 'after', 'home.view funds.reclaim', 'See Home, Reclaim'],
  ['role.changed', 'changed', '+org.view -log.view', '+View organization, −See the operation log'],
  ['role.changed', 'after', 'open', 'open'],
  ['member.created', 'permissions', 'org.member', 'Manage members'],
  ['data.reveal', 'page', '/organization/members', 'Members'],
]

test.each(cases)('in %s, %s %s reads as “%s”', (operation, label, value, text) => expect(detailText(operation, label, value)).toBe(text))

test('a tag that looks like a code stays what the person wrote', () => {
  expect(detailText('customer.tag', 'after', 'NORMAL')).toBe('NORMAL')
  expect(detailText('customer.changed', 'after', 'NORMAL')).toBe('Normal')
})

test('the vendor operator’s own reason is shown word by word, whatever signs it holds', () => {
  const reason = 'Ticket 4711: see funds.allocate, {{count}} rows'
  expect(detailText('member.changed', 'reason', 'left, see ticket 12')).toBe('left, see ticket 12')
  expect(detailText('member.changed', 'reason', reason)).toBe(reason)
})

test('what this console does not know is shown as the server sent it', () => {
  expect(detailLabel('newer_fact')).toBe('newer_fact')
  expect(detailText('data.export', 'content', 'newer-list')).toBe('newer-list')
  expect(pageText('/newer/page')).toBe('/newer/page')
})

test('a page is named whatever record was open on it', () => expect(pageText('/customers/7f3a1c52-8d0e-4f6b-9a77-2f1de0c4b511')).toBe('Customer details'))
