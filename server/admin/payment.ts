import * as z from 'zod/mini'
import type { PaymentState } from '#contract/incentive-payments.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { lockBusiness } from '#server/operations/business.ts'
import type { Told } from '#server/operations/incentive-notices.ts'
import { approveInvoice, approveRequest, failPayment, holdRequest, payRequest, publishList, rejectRequest, resumePayment, returnInvoice, stepLog, stepRequest, type StepRow } from '#server/operations/payment-steps.ts'
import { command, CommandRefused } from './command.ts'
import { change, findPartner, type Desk } from './desk.ts'
import { Account, shown } from './fields.ts'
import { admitPosting } from './posting.ts'

const RequestNumber = z.string('is needed').check(z.trim(), z.regex(/^PR\d{12,}$/, 'is the number of a payment request, such as PR261130000001'))
const options = { partner: { value: '<account>', hint: 'which partner' }, request: { value: '<number>', hint: 'as payment:list shows it' } }
const input = z.strictObject({ partner: Account, request: RequestNumber })

type Act = (tx: Tx, now: Date, told: Told, row: StepRow, desk: Desk) => Promise<boolean>
/** A step of the vendor: the request is held, taken up if nobody has yet, and moved. @param from for the sentence that refuses. */
function step(name: string, summary: string, { from, to, act }: { from: string; to: PaymentState; act: Act }) {
  return command({
    name, summary, options, input,
    async run({ partner: account, request: number }, desk) {
      const partner = await findPartner(desk, account)
      desk.prepareMessages()
      await change(desk, partner.id, async (tx, now) => {
        await lockBusiness(tx, partner.id, 'use')
        const row = await holdRequest(tx, partner.id, { number })
        if (!row) throw new CommandRefused(`${account} has no payment request ${number}.`)
        if (row.state === 'SUBMITTED') await stepRequest(tx, now, partner.id, row.id, { from: ['SUBMITTED'], to: 'UNDER_REVIEW', by: { kind: 'vendor' } })
        if (!await act(tx, now, { partner, publicUrl: desk.publicUrl }, row, desk)) throw new CommandRefused(`${number} is ${row.state}: only ${from} can become ${to}.`)
        return { log: [stepLog(row, to)], say: `${number}: ${to}, ${shown(row.payout)}.` }
      })
    },
  })
}

const list = command({
  name: 'payment:list', isLogged: false,
  summary: 'Lists the payment requests of a partner that are not done, oldest first, with their invoices.',
  options: { partner: options.partner }, input: z.strictObject({ partner: Account }),
  async run({ partner: account }, desk) {
    const partner = await findPartner(desk, account)
    const rows = await desk.database.inTenant(partner.id, (tx) => tx.rows<{ number: string; state: string; option: string; payout: bigint; at: Date; invoice: string | null; published: boolean }>(sql`
      select r.number, r.state, r.option, r.payout, r.at, r.list_published_at is not null as published, v.kind || ' ' || v.code || ' ' || v.number || ' ' || v.carrier || ' ' || v.tracking_number as invoice
        from payment_requests r left join incentive_invoices v on v.partner_id = r.partner_id and v.request_id = r.id where r.partner_id = ${partner.id} and r.state not in ('COMPLETED', 'REJECTED', 'WITHDRAWN') order by r.at, r.id limit 200`))
    if (rows.length === 0) desk.print(`No payment request of ${account} is open.`)
    for (const { number, state, option, payout, at, invoice, published } of rows) desk.print(`${number}  ${at.toISOString()}  ${state}${state === 'AWAITING_INVOICE' && !published ? ' (invoice list not published)' : ''}  ${option}  ${shown(payout)}${invoice === null ? '' : `  ${invoice}`}`)
  },
})

export const paymentCommands = [
  list,
  step('payment:approve', 'Approves a payment request: an invoice is needed now. Voucher quota arrives by itself.', { from: 'a bank transfer or top-up UNDER_REVIEW', to: 'AWAITING_INVOICE', act: (tx, now, told, row) => approveRequest(tx, now, told, row) }),
  step('payment:reject', 'Rejects a payment request; --reason is told to the partner, whose statements are confirmed again.', { from: 'UNDER_REVIEW', to: 'REJECTED', act: (tx, now, told, row, { reason }) => rejectRequest(tx, now, told, row, reason) }),
  step('payment:pay', 'Records that a payment request was paid. A top-up is posted to the top-up account.', {
    from: 'PAYING', to: 'COMPLETED',
    async act(tx, now, told, row, { requestId, reason }) {
      if (row.option === 'VOUCHER_QUOTA') return false
      if (row.option === 'TOP_UP') await admitPosting(tx, false)
      const why = await payRequest(tx, now, told, row, { by: { kind: 'vendor' }, requestId, reason })
      if (why === 'settlement') throw new CommandRefused(`The certification of the partner does not stand, so ${row.number} cannot be settled now.`)
      return why === undefined
    },
  }),
  step('payment:fail', 'Records that a payment failed; --reason is told to the partner. A bank transfer goes on by itself once new bank data are certified.', { from: 'PAYING', to: 'PAYMENT_FAILED', act: (tx, now, told, row, { reason }) => failPayment(tx, now, told, row, reason) }),
  step('payment:retry', 'Pays a top-up that failed once more.', { from: 'a top-up PAYMENT_FAILED whose statements are still free', to: 'PAYING', act: (tx, now, told, row) => (row.option === 'TOP_UP' ? resumePayment(tx, now, told, row, { kind: 'vendor' }) : Promise.resolve(false)) }),
  step('invoice:approve', 'Says that the invoice of a payment request is right: payment begins.', { from: 'INVOICE_REVIEW', to: 'PAYING', act: (tx, now, told, row) => approveInvoice(tx, now, told, row) }),
  step('invoice:reject', 'Returns the invoice of a payment request; --reason is told to the partner, who corrects it.', { from: 'INVOICE_REVIEW', to: 'INVOICE_REJECTED', act: (tx, now, told, row, { reason }) => returnInvoice(tx, now, told, row, reason) }),
  command({
    name: 'invoice-list:publish',
    summary: 'Makes the invoice list of a payment request available, once both sides have signed its statements; the partner is told to invoice.',
    options, input,
    async run({ partner: account, request: number }, desk) {
      const partner = await findPartner(desk, account)
      desk.prepareMessages()
      await change(desk, partner.id, async (tx, now) => {
        const row = await holdRequest(tx, partner.id, { number })
        if (!row) throw new CommandRefused(`${account} has no payment request ${number}.`)
        if (!await publishList(tx, now, { partner, publicUrl: desk.publicUrl }, row)) throw new CommandRefused(`${number} is ${row.state}: a list is published once, of a request that awaits its invoice.`)
        return { log: [{ operation: 'invoice.published', objectKind: 'payment', objectNumber: number, amount: row.payout }], say: `Invoice list of ${number} published.` }
      })
    },
  }),
]
