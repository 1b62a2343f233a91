import type { Statement } from '#contract/incentives.ts'
import { fromMinor } from '#contract/money.ts'

/** @param given what matters to the test. @returns a statement of sales incentives of October that waits for confirmation, with an id of its own. */
export const statement = (given: Partial<Statement> = {}): Statement => ({
  id: crypto.randomUUID(), number: 'IS202610000001', period: '2026-10', isNegative: false,
  program: { id: crypto.randomUUID(), name: 'Resale performance', kind: 'sales', associationType: 'RESALE', onDeadline: 'AUTO_CONFIRM', payoutOptions: ['TOP_UP', 'VOUCHER_QUOTA'] },
  amount: fromMinor(1_234_50n), confirmedAmount: null, confirmedAt: null, confirmedBy: null, state: 'PENDING_CONFIRMATION',
  deadline: { until: '2026-12-14T16:00:00.000Z', day: '2026-12-14', workingDaysLeft: 10, isProvisional: false, onDeadline: 'AUTO_CONFIRM' },
  feedback: { open: 0, answered: 0, closed: 0 }, frozen: fromMinor(0n), payment: { inPayment: fromMinor(0n), paid: fromMinor(0n), payable: fromMinor(0n) }, lines: 3, isPartial: false, canConfirm: true, ...given,
})
