import { act, cleanup, fireEvent, render, renderHook, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { Masked } from '#contract/masked.ts'
import { Amount, Figure } from '#contract/money.ts'
import type { Quota } from '#contract/coupons.ts'
import { ApiError } from '#src/api/api-error.ts'
import { loadTextsOf, startTexts } from '#src/i18n/i18n.ts'
import { CandidateRow } from './CandidateRow.tsx'
import { ReclaimRows } from './ReclaimRows.tsx'
import { useIssueForm } from './use-issue-form.ts'

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadTextsOf('couponPages')
})
afterEach(cleanup)

const zero = Amount.parse('0.00')
const none = Figure.parse('0.00')
const quotaOf = (id: string, validTo: string): Quota => ({
  id, number: `CQ${id}`, kind: 'VOUCHER', source: 'vendor', granted: Amount.parse('500.00'), withdrawn: zero, issued: none, returned: none, left: Amount.parse('500.00'), validFrom: '2026-01-01T00:00:00.000Z', validTo,
  scope: { products: [], orderTypes: [], customers: [], associationType: null }, invoiceRecipient: 'PARTNER', onlyFor: null, state: 'ACTIVE', isIssuable: true,
})
// The first instant of the day after, in the partner's zone.
const [near, far] = [quotaOf('near', '2098-12-31T16:00:00.000Z'), quotaOf('far', '2099-12-31T16:00:00.000Z')]
const form = (quotas: Quota[], start: Partial<Parameters<typeof useIssueForm>[2]> = {}) => renderHook(() => useIssueForm('VOUCHER', quotas, { quotaId: undefined, customerIds: ['a', 'b', 'c'], left: undefined, ...start })).result

test('the only quota is chosen already; of several somebody chooses, and the day follows the choice', () => {
  expect(form([near]).current.quota?.id).toBe('near')
  const both = form([near, far])
  expect(both.current.quota).toBeUndefined()
  act(() => both.current.chooseQuota('far'))
  expect(both.current.values.validUntil).toBe('2099-12-31')
  act(() => both.current.chooseQuota('near'))
  expect(both.current.values.validUntil).toBe('2098-12-31')
})

test('a refusal is told at its own customer, also after another was taken off, and leaves with it', () => {
  const one = form([near])
  const error = new ApiError({ type: 'about:blank', title: '', status: 409, code: 'rows_refused', detail: '', requestId: 'r', rows: [{ row: 1, code: 'not_whitelisted', message: 'Not on the whitelist.' }] })
  act(() => one.current.refuse(error, ['a', 'b', 'c']))
  act(() => one.current.setCustomers(['b', 'c']))
  expect([...one.current.refused]).toEqual([['b', 'Not on the whitelist.']])
  act(() => one.current.setCustomers(['c']))
  expect([...one.current.refused]).toEqual([])
})

test('what is sent holds the amounts as understood, and no largest share for vouchers', () => {
  const one = form([near])
  act(() => one.current.set('faceValue', ' 1,200 '))
  act(() => one.current.set('maxShare', '50'))
  act(() => { expect(one.current.check()).toBe(true) })
  expect(one.current.body()).toEqual({ quotaId: 'near', faceValue: '1200.00', minOrder: '0.00', validUntil: '2098-12-31', orderTypes: [], products: [], customerIds: ['a', 'b', 'c'], remark: '' })
  expect(one.current.left).toBe(-310_000n)
})

test('a customer that cannot get a coupon is not ticked, but a keyboard reaches its box and hears why', () => {
  const toggled = vi.fn<() => void>()
  const row = { id: 'a', number: '2081450001', nameMasked: Masked.parse('云海***公司'), accountNameMasked: Masked.parse('yu***01'), tag: '', associationType: 'REFERRAL' as const, refused: { reason: 'outside_limit' as const, message: 'Resale customers only.' } }
  render(<table><tbody><CandidateRow row={row} isChosen={false} isFull={false} onToggle={toggled} /></tbody></table>)
  const box = screen.getByRole('checkbox', { description: 'Resale customers only.' })
  box.focus()
  expect(document.activeElement).toBe(box)
  fireEvent.click(box)
  expect(toggled).not.toHaveBeenCalled()
  expect(box).toHaveProperty('checked', false)
})

test('a customer that is not on the whitelist leads to it; one that is refused for another cause does not', () => {
  const row = { id: 'a', number: '2081450001', nameMasked: Masked.parse('云海***公司'), accountNameMasked: Masked.parse('yu***01'), tag: '', associationType: 'REFERRAL' as const, refused: { reason: 'not_whitelisted' as const, message: 'Not on the whitelist.' } }
  const cure = <a href="/coupons/whitelist">Customer whitelist</a>
  render(<table><tbody><CandidateRow row={row} isChosen={false} isFull={false} cure={cure} onToggle={() => undefined} /><CandidateRow row={{ ...row, id: 'b', refused: { reason: 'invoice_user', message: 'The user gets the invoice.' } }} isChosen={false} isFull={false} cure={cure} onToggle={() => undefined} /></tbody></table>)
  expect(screen.getAllByRole('link')).toHaveLength(1)
})

test('a coupon whose quota has ended says that its balance lapses, and a refused one shows no amount', () => {
  const row = { couponId: 'a', number: 'CP1', nameMasked: Masked.parse('云海***公司'), customerNumber: '2081450001', faceValue: Amount.parse('10.00'), expected: Amount.parse('7.00'), quotaNumber: null, refused: null }
  render(<ReclaimRows rows={[{ ...row, problem: undefined }, { ...row, couponId: 'b', number: 'CP2', quotaNumber: 'CQ1', problem: 'This coupon has no balance.' }]} total={Figure.parse('7.00')} onDrop={undefined} />)
  expect(screen.getByRole('row', { name: /CP1/ }).textContent).toContain('The quota has ended; the balance lapses')
  expect(screen.getByRole('row', { name: /CP2/ }).textContent).toContain('–')
})
