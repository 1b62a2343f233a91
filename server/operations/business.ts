import type { BusinessCheck, BusinessState, BusinessStep, TaxpayerStatus } from '#contract/business.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'

/** As handed in; the number of the bank account stays sealed. */
export type Submission = {
  id: string; companyName: string; creditCode: string; address: string; contactName: string; contactMobile: string; accountName: string; bankMasked: string; bankName: string; branch: string
  taxpayerStatus: TaxpayerStatus; rateBasisPoints: number; certificateId: string; certificateName: string; certificateBytes: number; byName: string; at: Date; decidedAt: Date | null; reason: string | null
}
/** Where a partner's certification stands, beside the company information that it takes its names from. */
export type BusinessRow = {
  state: BusinessState; submission: Submission | null; certifiedId: string | null; certifiedAt: Date | null; testSentAt: Date | null; testAttempts: number
  /** From the company information now; the code is empty where the vendor has not entered the company. */ company: { name: string; creditCode: string }
}

type Flat = Submission & { state: BusinessState | null; id: string | null; certifiedId: string | null; certifiedAt: Date | null; testSentAt: Date | null; testAttempts: number | null; ownName: string; ownCode: string }

/** @returns the partner's certification; a partner that handed nothing in is NOT_SUBMITTED. */
export async function readBusiness(tx: Tx, partnerId: string): Promise<BusinessRow> {
  const [row] = await tx.rows<Flat>(sql`
    select p.name as "ownName", coalesce(c.credit_code, '') as "ownCode", b.state, b.certified_id as "certifiedId", b.certified_at as "certifiedAt", b.test_sent_at as "testSentAt", b.test_attempts as "testAttempts",
           s.id, s.company_name as "companyName", s.credit_code as "creditCode", s.address, s.contact_name as "contactName", s.contact_mobile as "contactMobile", s.account_name as "accountName", s.bank_masked as "bankMasked",
           s.bank_name as "bankName", s.branch, s.taxpayer_status as "taxpayerStatus", s.rate_basis_points as "rateBasisPoints", s.certificate_id as "certificateId", f.name as "certificateName", f.bytes as "certificateBytes",
           m.name as "byName", s.at, s.decided_at as "decidedAt", s.reason
      from partners p left join companies c on c.partner_id = p.id left join businesses b on b.partner_id = p.id left join business_submissions s on s.partner_id = b.partner_id and s.id = b.submission_id
      left join files f on f.partner_id = s.partner_id and f.id = s.certificate_id left join members m on m.partner_id = s.partner_id and m.id = s.by_id where p.id = ${partnerId}`)
  if (!row) throw new Error('a session without a partner')
  const { state, certifiedId, certifiedAt, testSentAt, testAttempts, ownName, ownCode, id, ...submission } = row
  return { state: state ?? 'NOT_SUBMITTED', submission: id === null ? null : { id, ...submission }, certifiedId, certifiedAt, testSentAt, testAttempts: testAttempts ?? 0, company: { name: ownName, creditCode: ownCode } }
}

/** Holds the certification to the end of the transaction. @param as `change`: for whoever changes it; `use`: for whoever relies on it, many at once. */
export async function lockBusiness(tx: Tx, partnerId: string, as: 'change' | 'use'): Promise<void> {
  await tx.rows(as === 'change' ? sql`select 1 from businesses where partner_id = ${partnerId} for no key update` : sql`select 1 from businesses where partner_id = ${partnerId} for share`)
}

/** @returns every step that settlement needs, done or not, in the order of the page. Renaming the company opens the last one again. */
export function checksOf({ state, submission, company }: Pick<BusinessRow, 'state' | 'company'> & { submission: Pick<Submission, 'companyName' | 'decidedAt'> | null }): BusinessCheck[] {
  const isHanded = submission !== null && state !== 'FAILED'
  const done: Record<BusinessStep, boolean> = {
    company_data: company.creditCode !== '', company: isHanded, bank: isHanded, tax: isHanded, review: isHanded && submission.decidedAt !== null, test_payment: state === 'CERTIFIED',
    name: submission === null || submission.companyName === company.name,
  }
  return steps.map((step) => ({ step, isDone: done[step] }))
}
const steps: readonly BusinessStep[] = ['company_data', 'company', 'bank', 'tax', 'review', 'test_payment', 'name']

/** @returns whether incentives can be requested and paid: certified, no change under review, and the company still has the certified name. */
export const isSettlementPossible = (row: Pick<BusinessRow, 'state' | 'company' | 'submission'>): boolean => checksOf(row).every(({ isDone }) => isDone)

/** @returns the refusal of whoever wants to be paid without certification; its facts name the state and the steps that are missing, for the dialog that leads there. */
export const notCertified = (row: Pick<BusinessRow, 'state' | 'company' | 'submission'>): Refusal =>
  new Refusal('business_not_certified', { facts: { state: row.state, missing: checksOf(row).flatMap(({ step, isDone }) => (isDone ? [] : [step])).join(' ') } })
