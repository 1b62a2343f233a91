// What is told about the payout of incentives. Amounts have thousands separators, reasons are plain.

interface RequestTold { number: string, amount: string }
type DecidedTold = RequestTold & ({ result: 'approved' } | { result: 'rejected', reason: string })
export type PayoutState = 'TEST_PAYMENT' | 'CERTIFIED' | 'LOCKED' | 'FAILED'
export type PayoutWay = 'BANK_TRANSFER' | 'TOP_UP' | 'VOUCHER_QUOTA'

/** By the event: request decided, invoice needed, invoice returned, paid, payment failed, business information, quarterly request decided. */
export interface PayoutTold {
  'IC-06': DecidedTold
  'IC-07': RequestTold
  'IC-08': RequestTold & { reason: string }
  'IC-09': RequestTold & { way: PayoutWay }
  'IC-10': RequestTold & { reason: string, /** Only a bank transfer waits for new bank data. */ way: PayoutWay }
  'IC-12': { state: Exclude<PayoutState, 'FAILED'> } | { state: 'FAILED', reason: string }
  'IC-13': DecidedTold & { /** YYYY-Qn. */ quarter: string }
}
