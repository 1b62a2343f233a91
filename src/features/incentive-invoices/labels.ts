import type { InvoiceState } from '#contract/incentive-invoices.ts'
import type { Tone } from '#src/components/StatusTag.tsx'

/** What waits for the partner stands out; paid is the normal end. */
export const invoiceTone = { AWAITING_INVOICE: 'warning', INVOICE_REVIEW: 'info', INVOICE_REJECTED: 'danger', PAYING: 'info', COMPLETED: 'success', PAYMENT_FAILED: 'danger', WITHDRAWN: 'neutral' } as const satisfies Record<InvoiceState, Tone>
