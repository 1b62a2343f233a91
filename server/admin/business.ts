import * as z from 'zod/mini'
import { open } from '#server/auth/seal.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { readBusiness, type BusinessRow } from '#server/operations/business.ts'
import { tellOfPayout } from '#server/operations/payout-notices.ts'
import { command, CommandRefused } from './command.ts'
import { change, findPartner, logBy, type Desk, type PartnerRow } from './desk.ts'
import { Account, Money, Switch } from './fields.ts'

const partnerOption = { partner: { value: '<account>', hint: 'which partner' } }
const partnerInput = z.strictObject({ partner: Account })

const show = command({
  name: 'business:show',
  summary: "Shows a partner's business information with the number of the bank account, which is needed for a test payment or a payout.",
  options: partnerOption, input: partnerInput,
  async run({ partner: account }, desk) {
    const partner = await findPartner(desk, account)
    desk.prepareMessages()
    const { row, sealed } = await desk.database.inTenant(partner.id, async (tx, now) => {
      const { submission } = await readBusiness(tx, partner.id)
      if (!submission) throw new CommandRefused(`${account} has not handed in business information.`)
      const [bank] = await tx.rows<{ sealed: Uint8Array }>(sql`select bank_sealed as sealed from business_submissions where partner_id = ${partner.id} and id = ${submission.id}::uuid`)
      if (!bank) throw new Error('information that was just read')
      await logBy(desk, tx, now, partner.id, [{ operation: 'business.shown', objectKind: 'business', objectNumber: submission.id }])
      return { row: submission, sealed: bank.sealed }
    })
    desk.print(`${row.companyName}  ${row.creditCode}  ${row.address}`)
    desk.print(`${row.accountName}  ${open(sealed)}  ${row.bankName}  ${row.branch}`)
    desk.print(`${row.taxpayerStatus}  ${row.rateBasisPoints / 100} %  certificate ${row.certificateId}`)
  },
})

/** One step of the vendor. @param from the state it begins in. */
async function step(desk: Desk, account: string, { from, work }: { from: BusinessRow['state']; work: (tx: Tx, now: Date, partner: PartnerRow, submissionId: string) => Promise<string> }, log: { operation: 'business.reviewed' | 'business.test_sent' | 'business.unlocked'; details: Record<string, string> }): Promise<void> {
  const partner = await findPartner(desk, account)
  desk.prepareMessages()
  await change(desk, partner.id, async (tx, now) => {
    await tx.rows(sql`select 1 from businesses where partner_id = ${partner.id} for no key update`)
    const { state, submission } = await readBusiness(tx, partner.id)
    if (state !== from || !submission) throw new CommandRefused(`The business information of ${account} is ${state}, not ${from}.`)
    const say = await work(tx, now, partner, submission.id)
    return { log: [{ ...log, objectKind: 'business', objectNumber: submission.id }], say }
  })
}

const decide = (tx: Tx, now: Date, partner: PartnerRow, id: string, reason: string | null): Promise<number> =>
  tx.run(sql`update business_submissions set decided_at = ${now}::timestamptz, reason = ${reason}::text where partner_id = ${partner.id} and id = ${id}::uuid and decided_at is null`)

const approve = command({
  name: 'business:approve',
  summary: 'Says that what a partner handed in is right. Next: business:send-test.',
  options: partnerOption, input: partnerInput,
  run: ({ partner: account }, desk) => step(desk, account, {
    from: 'UNDER_REVIEW',
    async work(tx, now, partner, id) {
      if (await decide(tx, now, partner, id, null) === 0) throw new CommandRefused(`The business information of ${account} is approved already. Next: business:send-test.`)
      return `Business information of ${account} approved. Next: business:send-test.`
    },
  }, { operation: 'business.reviewed', details: { after: 'APPROVED' } }),
})

const fail = command({
  name: 'business:fail',
  summary: 'Says that what a partner handed in is not right; --reason is told to it. It may correct and hand in again.',
  options: partnerOption, input: partnerInput,
  run: ({ partner: account }, desk) => step(desk, account, {
    from: 'UNDER_REVIEW',
    async work(tx, now, partner, id) {
      await tx.run(sql`update business_submissions set decided_at = ${now}::timestamptz, reason = ${desk.reason} where partner_id = ${partner.id} and id = ${id}::uuid`)
      await tx.run(sql`update businesses set state = 'FAILED' where partner_id = ${partner.id}`)
      await tellOfPayout(tx, now, { partner, publicUrl: desk.publicUrl }, 'IC-12', { state: 'FAILED', reason: desk.reason })
      return `Business information of ${account} failed.`
    },
  }, { operation: 'business.reviewed', details: { after: 'FAILED' } }),
})

const sendTest = command({
  name: 'business:send-test',
  summary: 'Records that a small amount was paid to the account of approved business information. The partner types it within three attempts.',
  options: { ...partnerOption, amount: { value: '<amount>', hint: 'what was paid; kept to be compared, told to nobody' } },
  input: z.strictObject({ partner: Account, amount: Money }),
  run: ({ partner: account, amount }, desk) => step(desk, account, {
    from: 'UNDER_REVIEW',
    async work(tx, now, partner, id) {
      const sent = await tx.run(sql`update businesses b set state = 'TEST_PAYMENT', test_amount = ${amount}::bigint, test_sent_at = ${now}::timestamptz, test_attempts = 0 from business_submissions s
        where b.partner_id = ${partner.id} and s.partner_id = b.partner_id and s.id = ${id}::uuid and s.decided_at is not null`)
      if (sent === 0) throw new CommandRefused(`The business information of ${account} is not approved yet: business:approve.`)
      await tellOfPayout(tx, now, { partner, publicUrl: desk.publicUrl }, 'IC-12', { state: 'TEST_PAYMENT' })
      return `Test payment to ${account} recorded.`
    },
  }, { operation: 'business.test_sent', details: { after: 'TEST_PAYMENT' } }),
})

const unlock = command({
  name: 'business:unlock',
  summary: 'After a ticket: gives a locked test payment three attempts again. --amount is for a new payment.',
  options: { ...partnerOption, amount: { value: '<amount>', hint: 'of a new test payment; without it the one that was paid counts' } },
  input: z.strictObject({ partner: Account, amount: z.optional(Money) }),
  run: ({ partner: account, amount }, desk) => step(desk, account, {
    from: 'LOCKED',
    async work(tx, now, partner) {
      await tx.run(sql`update businesses set state = 'TEST_PAYMENT', test_attempts = 0, test_amount = coalesce(${amount ?? null}::bigint, test_amount), test_sent_at = case when ${amount === undefined}::boolean then test_sent_at else ${now}::timestamptz end where partner_id = ${partner.id}`)
      await tellOfPayout(tx, now, { partner, publicUrl: desk.publicUrl }, 'IC-12', { state: 'TEST_PAYMENT' })
      return `Test payment of ${account} unlocked.`
    },
  }, { operation: 'business.unlocked', details: { before: 'LOCKED', after: 'TEST_PAYMENT' } }),
})

const bills = command({
  name: 'partner:bills',
  summary: 'Says whether the bills to a partner are paid. While they are not, no payment of incentives can be requested.',
  options: { ...partnerOption, unpaid: { value: 'on|off', hint: 'whether a bill is unpaid' } },
  input: z.strictObject({ partner: Account, unpaid: Switch }),
  async run({ partner: account, unpaid }, desk) {
    const partner = await findPartner(desk, account)
    await change(desk, partner.id, async (tx, now) => {
      await tx.run(sql`insert into payout_settings (partner_id, unpaid_since) values (${partner.id}::uuid, ${unpaid ? now : null}::timestamptz)
        on conflict (partner_id) do update set unpaid_since = case when ${unpaid}::boolean then coalesce(payout_settings.unpaid_since, excluded.unpaid_since) end`)
      return { log: [{ operation: 'partner.bills', objectKind: 'partner', objectNumber: account, details: { state: unpaid ? 'unpaid' : 'settled' } }], say: `Bills of ${account}: ${unpaid ? 'unpaid' : 'paid'}.` }
    })
  },
})

export const businessCommands = [show, approve, fail, sendTest, unlock, bills]
