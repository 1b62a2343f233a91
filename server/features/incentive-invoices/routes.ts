import { getInvoice, getInvoiceList, invoiceUploadPath, queryInvoices, submitInvoice, type InvoiceInput } from '#contract/incentive-invoices.ts'
import { amountFromMinor, fromMinor, toMinor } from '#contract/money.ts'
import type { MountFeature } from '#server/http/app.ts'
import type { Context, Operation } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { chinaDayOf } from '#server/messages/working-days.ts'
import { keepFile, readFile } from '#server/operations/documents.ts'
import { takeInvoiceFile } from '#server/operations/invoice-file.ts'
import { stepRequest } from '#server/operations/payment-steps.ts'
import { mountUpload } from '#server/operations/upload.ts'
import { presentDerivation, presentInvoice, waitOf } from './present.ts'
import { allowedKinds, invoiceFaults } from './rules.ts'
import { findInvoices, keepInvoice, readInvoice, takeNumber, type InvoiceRecord, type NewInvoice } from './store.ts'

/** Invoices for payment requests: what is due, handing one in, the list that goes with it, and the file of an electronic one. */
export const mountIncentiveInvoices: MountFeature = (mount, app, deps) => {
  // Before the addresses that hold an id.
  mountUpload(app, deps, { path: invoiceUploadPath, permission: 'incentive.invoice', limit: 'upload.invoice', kind: 'invoice', otherwise: 'invoice', take: takeInvoiceFile })
  mount.read(queryInvoices, {
    permission: 'incentive.invoice',
    async run({ body: { page, pageSize, filter, sort } }, { tx, actor: { partner, permissions } }) {
      const { rows, total } = await findInvoices(tx, partner.id, { filter, sort }, { offset: (page - 1) * pageSize, limit: pageSize })
      return { items: rows.map((row) => presentInvoice(row, permissions)), total }
    },
  })
  mount.read(getInvoice, { permission: 'incentive.invoice', run: async ({ params: { id } }, context) => presentInvoice(await demandInvoice(context, id), context.actor.permissions) })

  mount.read(getInvoiceList, {
    permission: 'incentive.invoice',
    async run({ params: { id } }, context) {
      const row = await demandInvoice(context, id)
      if (row.listPublishedAt === null) throw listWaits(row)
      return {
        requestNumber: row.requestNumber, publishedAt: row.listPublishedAt.toISOString(), seller: { name: row.companyName, creditCode: row.creditCode }, buyer: row.contractingEntity,
        items: row.items.map(({ number, period, programZh, programEn, programKind, amount }) => ({ statementNumber: number, period, programName: context.request.locale === 'zh-CN' ? programZh : programEn, programKind, amount: fromMinor(amount) })),
        total: amountFromMinor(row.payout), allowedKinds: allowedKinds(row.items.map(({ programKind }) => programKind)), derivation: presentDerivation(row), invoiceNumber: row.invoice?.number ?? '',
      }
    },
  })

  mount.perform(submitInvoice, submit)
}

const submit: Operation<typeof submitInvoice, InvoiceRecord> = {
  permission: 'incentive.invoice', refused: 'invoice.submitted',
  async prepare({ params: { id }, body }, context) {
    const { tx, now, actor: { partner } } = context
    const row = await readInvoice(tx, partner.id, id, true)
    if (!row) throw new Refusal('not_found')
    if (row.state !== 'AWAITING_INVOICE' && row.state !== 'INVOICE_REJECTED') throw new Refusal('conflict', { sentence: 'invoice_state' })
    if (row.listPublishedAt === null) throw listWaits(row)
    const faults = invoiceFaults(body, amountsOf(body), { toInvoice: row.payout, allowed: allowedKinds(row.items.map(({ programKind }) => programKind)), today: chinaDayOf(now), hasFile: typeof row.invoice?.fileId === 'string' })
    if (faults.length > 0) throw new Refusal('invalid_input', { fields: faults.map((fault) => ({ ...fault, message: '' })) })
    if (body.fileId !== undefined && body.fileId !== row.invoice?.fileId) await demandFile(context, body.fileId)
    return row
  },
  async apply(row, { params: { id }, body }, context) {
    const { tx, now, actor: { partner, member, permissions } } = context
    if (!await takeNumber(tx, now, partner.id, id, body)) throw new Refusal('invalid_input', { fields: [{ path: 'number', code: 'invoice_number_used', message: '' }] })
    const kept = toKept(body, row, member.id)
    if (kept.fileId !== null && kept.fileId !== row.invoice?.fileId && !await keepFile(tx, partner.id, kept.fileId)) throw new Refusal('not_found', { sentence: 'invoice_file_gone' })
    await keepInvoice(tx, now, partner.id, id, kept)
    if (!await stepRequest(tx, now, partner.id, id, { from: ['AWAITING_INVOICE', 'INVOICE_REJECTED'], to: 'INVOICE_REVIEW', by: { kind: 'member', memberId: member.id } })) throw new Refusal('conflict', { sentence: 'invoice_state' })
    const after = await readInvoice(tx, partner.id, id)
    if (!after) throw new Error('a request that was just held')
    return presentInvoice(after, permissions)
  },
  log: ({ requestNumber, invoice }, { payout }) => ({ operation: 'invoice.submitted', objectKind: 'payment', objectNumber: requestNumber, amount: payout, details: { id: invoice?.number ?? '', type: invoice?.kind ?? '' } }),
}

const amountsOf = ({ net, tax, total }: InvoiceInput) => ({ net: toMinor(net), tax: toMinor(tax), total: toMinor(total) })

function toKept(body: InvoiceInput, { invoice }: InvoiceRecord, byId: string): NewInvoice {
  const isPaper = body.kind === 'SPECIAL'
  return {
    kind: body.kind, number: body.number, code: isPaper ? body.code : '', day: body.date, ...amountsOf(body), carrier: isPaper ? body.carrier : '', trackingNumber: isPaper ? body.trackingNumber : '',
    fileId: isPaper ? null : body.fileId ?? invoice?.fileId ?? null, byId,
  }
}

/** An invoice's file is handed in by whoever uploaded it, once. */
async function demandFile({ tx, actor: { partner, member } }: Context, id: string): Promise<void> {
  const file = await readFile(tx, partner.id, id)
  if (!file || file.kind !== 'invoice' || file.byId !== member.id || file.isKept) throw new Refusal('not_found', { sentence: 'invoice_file_gone' })
}

async function demandInvoice({ tx, actor: { partner } }: Context, id: string): Promise<InvoiceRecord> {
  const row = await readInvoice(tx, partner.id, id)
  if (!row) throw new Refusal('not_found')
  return row
}

const listWaits = (row: InvoiceRecord): Refusal => new Refusal('invoice_list_waiting', { ...(row.isCountersigned && { sentence: 'invoice_countersigning' }), facts: { wait: waitOf(row) } })
