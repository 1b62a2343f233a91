import type { MessageText } from './wording.ts'
import type { PayoutState, PayoutTold, PayoutWay } from './wording-payouts.ts'

const sign = '[Partner Center]'
const request = ({ number, amount }: { number: string, amount: string }): string => `Payment request ${number} (${amount} CNY)`
const way: Record<PayoutWay, string> = { BANK_TRANSFER: 'bank transfer', TOP_UP: 'top up', VOUCHER_QUOTA: 'voucher quota' }
const states: Record<PayoutState, string> = { TEST_PAYMENT: 'awaits the test payment', CERTIFIED: 'passed', LOCKED: 'locked', FAILED: 'failed' }
const next: Record<PayoutState, string> = {
  TEST_PAYMENT: 'We sent a small amount to your bank account. Type the amount received under Business Information; there are 3 attempts.', CERTIFIED: 'Incentives can be requested now.',
  LOCKED: 'The amount was wrong three times, so the test is locked. Open a ticket to have it unlocked.', FAILED: 'Correct it and submit it again. A ticket is answered within 3 working days.',
}
const text = (what: string, state: string, subject: string, more: string): MessageText => ({ sms: `${sign} ${what}: ${state}. Sign in to see it.`, subject, mail: `${what}: ${state}.\n\n${more}`, brief: { what, state } })

/** IC-06 to IC-10, IC-12 and IC-13 in English. */
export const payouts: { [K in keyof PayoutTold]: (told: PayoutTold[K]) => MessageText } = {
  'IC-06': (told) => (told.result === 'approved' ? text(request(told), 'approved', 'Request approved', 'Where an invoice is needed, fill it in under Invoices.') : text(request(told), 'rejected', 'Request rejected', `Reason: ${told.reason}\n\nYou can edit it and send it again.`)),
  'IC-07': (told) => text(request(told), 'awaits your invoice', 'Please invoice', `Invoice exactly ${told.amount} CNY. Print the invoice list under Invoices and fill in the invoice.`),
  'IC-08': (told) => text(request(told), 'invoice returned', 'Invoice returned', `Reason: ${told.reason}\n\nCorrect it under Invoices and submit it again.`),
  'IC-09': (told) => text(request(told), 'paid', 'Paid', `Amount: ${told.amount} CNY\nBy: ${way[told.way]}`),
  'IC-10': (told) => text(request(told), 'payment failed', 'Payment failed', `Reason: ${told.reason}\n\n${told.way === 'BANK_TRANSFER' ? 'Correct the bank account under Business Information; payment goes on once it is certified.' : 'The cloud platform pays it once more; there is nothing to change under Business Information.'}`),
  'IC-12': (told) => text('Business information certification', states[told.state], `Certification ${states[told.state]}`, `${told.state === 'FAILED' ? `Reason: ${told.reason}\n\n` : ''}${next[told.state]}`),
  'IC-13': (told) => (told.result === 'approved'
    ? text(`Quarterly payment ${told.quarter}, request ${told.number}`, 'approved', 'Quarterly payment approved', `Amount: ${told.amount} CNY`)
    : text(`Quarterly payment ${told.quarter}, request ${told.number}`, 'rejected', 'Quarterly payment rejected', `Amount: ${told.amount} CNY\nReason: ${told.reason}\n\nYou can edit it and send it again.`)),
}
