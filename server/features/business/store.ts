import { randomUUID } from 'node:crypto'
import { testPaymentAttempts, type BusinessState } from '#contract/business.ts'
import { openIfOurs, seal } from '#server/auth/seal.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { maskAccountNumber } from '#server/masking/mask.ts'
import type { Submission } from '#server/operations/business.ts'

/** What is handed in, in the clear. */
export type NewSubmission = Pick<Submission, 'companyName' | 'creditCode' | 'address' | 'contactName' | 'contactMobile' | 'accountName' | 'bankName' | 'branch' | 'taxpayerStatus' | 'rateBasisPoints' | 'certificateId'> & { bankNumber: string }

export type LastSubmission = Omit<NewSubmission, 'bankNumber'> & { /** Undefined: sealed under a key that is gone, and to be typed again. */ bankNumber: string | undefined }

/** @returns what was handed in last, with the number of the bank account in the clear: only to be handed in again. */
export async function readLast(tx: Tx, partnerId: string): Promise<LastSubmission | undefined> {
  const [row] = await tx.rows<Omit<NewSubmission, 'bankNumber'> & { sealed: Uint8Array }>(sql`
    select s.company_name as "companyName", s.credit_code as "creditCode", s.address, s.contact_name as "contactName", s.contact_mobile as "contactMobile", s.account_name as "accountName", s.bank_sealed as sealed, s.bank_name as "bankName", s.branch,
           s.taxpayer_status as "taxpayerStatus", s.rate_basis_points as "rateBasisPoints", s.certificate_id as "certificateId"
      from businesses b join business_submissions s on s.partner_id = b.partner_id and s.id = b.submission_id where b.partner_id = ${partnerId}`)
  if (!row) return undefined
  const { sealed, ...kept } = row
  return { ...kept, bankNumber: openIfOurs(sealed) }
}

/** Writes down what is handed in and begins its review. @param from the states in which that may be; of two who hand in at once the index or the state lets one.
 *  @returns whether it is under review now. */
export async function handIn(tx: Tx, now: Date, partnerId: string, byId: string, given: NewSubmission, from: readonly BusinessState[]): Promise<boolean> {
  const id = randomUUID()
  await tx.run(sql`insert into business_submissions (partner_id, id, company_name, credit_code, address, contact_name, contact_mobile, account_name, bank_sealed, bank_masked, bank_name, branch, taxpayer_status, rate_basis_points, certificate_id, by_id, at)
    values (${partnerId}::uuid, ${id}::uuid, ${given.companyName}, ${given.creditCode}, ${given.address}, ${given.contactName}, ${given.contactMobile}, ${given.accountName}, ${seal(given.bankNumber)}, ${maskAccountNumber(given.bankNumber)},
      ${given.bankName}, ${given.branch}, ${given.taxpayerStatus}, ${given.rateBasisPoints}::int, ${given.certificateId}::uuid, ${byId}::uuid, ${now}::timestamptz)`)
  const begun = from.includes('NOT_SUBMITTED')
    ? await tx.run(sql`insert into businesses (partner_id, state, submission_id, test_attempts) values (${partnerId}::uuid, 'UNDER_REVIEW', ${id}::uuid, 0) on conflict do nothing`)
    : await tx.run(sql`update businesses set state = 'UNDER_REVIEW', submission_id = ${id}::uuid, test_amount = null, test_sent_at = null, test_attempts = 0 where partner_id = ${partnerId} and state = any(${list(from)}::text[])`)
  return begun > 0
}

/** Compares the amount that arrived and counts the attempt, in one statement: no two guesses are one, and no way back gives a guess again.
 *  @param amount minor units. @returns the state afterwards and the attempts used; undefined when no test payment waits. */
export async function guessTestAmount(tx: Tx, now: Date, partnerId: string, amount: bigint): Promise<{ state: 'CERTIFIED' | 'TEST_PAYMENT' | 'LOCKED'; attempts: number } | undefined> {
  const [row] = await tx.rows<{ state: 'CERTIFIED' | 'TEST_PAYMENT' | 'LOCKED'; attempts: number }>(sql`
    with judged as (
      select partner_id, test_amount = ${amount}::bigint as is_right, test_attempts + 1 as used from businesses where partner_id = ${partnerId} and state = 'TEST_PAYMENT' and test_attempts < ${testPaymentAttempts}::int for no key update
    )
    update businesses b set test_attempts = j.used, state = case when j.is_right then 'CERTIFIED' when j.used >= ${testPaymentAttempts}::int then 'LOCKED' else b.state end,
           test_amount = case when j.is_right then null else b.test_amount end, test_sent_at = case when j.is_right then null else b.test_sent_at end,
           certified_id = case when j.is_right then b.submission_id else b.certified_id end, certified_at = case when j.is_right then ${now}::timestamptz else b.certified_at end
      from judged j where b.partner_id = j.partner_id returning b.state, b.test_attempts as attempts`)
  return row
}
