import { expect, test } from 'vitest'
import { Masked } from '#contract/masked.ts'
import type { Prospect } from '#contract/prospects.ts'
import { refusedRows } from './refused-rows.ts'

const prospect = (id: string): Prospect => ({
  id, nameMasked: Masked.parse('云海***公司'), mobileMasked: Masked.parse('138****5678'), emailMasked: null, state: 'REPORTED', cause: null, cure: null, rejectReason: null,
  reportedAt: '2026-11-20T06:00:00.000Z', expiresAt: null, lastInvitation: null, manager: null, reporter: { id: 'm', nameMasked: Masked.parse('张**') }, customer: null, inviteAt: null,
})
const sent = ['a', 'b', 'c'].map(prospect)

test('each refused row is named once, with the first reason the server gave', () => {
  const found = refusedRows([{ row: 2, code: 'no_email', message: 'No email.' }, { row: 0, code: 'too_soon', message: 'Too soon.' }, { row: 2, code: 'not_reported', message: 'Ended.' }], sent)
  expect(found.map(({ row, reason }) => [row.id, reason])).toEqual([['c', 'No email.'], ['a', 'Too soon.']])
})

test('another refusal names no row', () => {
  expect(refusedRows(undefined, sent)).toEqual([])
  expect(refusedRows([{ row: 7, code: 'no_email', message: '' }], sent)).toEqual([])
})
