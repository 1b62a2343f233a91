import { createPayment, getAutomaticPayment, getPayment, getRequestable, listQuarters, putAutomaticPayment, queryPayments, requestQuarter, resendPayment, withdrawPayment, type StatementBlock } from '#contract/incentive-payments.ts'
import { PayoutOption } from '#contract/incentives.ts'
import { fromMinor } from '#contract/money.ts'
import type { Reply } from '#contract/endpoint.ts'
import type { MountFeature } from '#server/http/app.ts'
import type { Context } from '#server/http/context.ts'
import { chinaDayOf } from '#server/messages/working-days.ts'
import { checksOf, readBusiness } from '#server/operations/business.ts'
import { blocksOf, readCandidates, readSettings, redeemUntil, type Candidate } from '#server/operations/payments.ts'
import { automaticOperation, presentAutomatic } from './automatic.ts'
import { presentPayment, presentStatement } from './present.ts'
import { judgeQuarters, quarterOperation } from './quarters.ts'
import { createOperation, detailOf, resendOperation, withdrawOperation } from './request.ts'
import { findPayments } from './store.ts'

/** How confirmed incentives are paid out: the request form, the requests, the automatic request, and quarters of project incentives. */
export const mountIncentivePayments: MountFeature = (mount, _app, deps) => {
  mount.read(getRequestable, { permission: 'incentive.request', run: (_input, context) => presentRequestable(context) })

  mount.read(queryPayments, {
    permission: 'incentive.request',
    async run({ body: { page, pageSize, filter, sort } }, { tx, now, actor: { partner, permissions } }) {
      const { rows, total } = await findPayments(tx, { partnerId: partner.id, timeZone: partner.timeZone }, { filter, sort }, { offset: (page - 1) * pageSize, limit: pageSize })
      return { items: rows.map((row) => presentPayment(row, permissions)), total, payable: fromMinor(sumOf(openOf(await readCandidates(tx, now, partner.id)))) }
    },
  })

  mount.read(listQuarters, {
    permission: 'incentive.request',
    run: async (_input, context) => ({ items: (await judgeQuarters(context)).map(({ row }) => row), businessChecks: checksOf(await readBusiness(context.tx, context.actor.partner.id)) }),
  })
  mount.read(getAutomaticPayment, { permission: 'incentive.request', run: (_input, context) => presentAutomatic(context) })
  mount.read(getPayment, { permission: 'incentive.request', run: ({ params: { id } }, context) => detailOf(context, id) })

  mount.perform(createPayment, createOperation(deps))
  mount.perform(resendPayment, resendOperation(deps))
  mount.perform(withdrawPayment, withdrawOperation)
  mount.perform(putAutomaticPayment, automaticOperation)
  mount.perform(requestQuarter, quarterOperation(deps))
}

const blockOf = ({ programKind, isNegative, payable }: Candidate): StatementBlock | null => (programKind === 'project' && !isNegative ? 'quarterly' : payable === 0n ? 'frozen' : null)
const openOf = (candidates: readonly Candidate[]): Candidate[] => candidates.filter((one) => blockOf(one) === null)
/** Never below zero: what negative incentives exceed waits for later statements. */
function sumOf(candidates: readonly Candidate[]): bigint {
  const sum = candidates.reduce((total, { payable }) => total + payable, 0n)
  return sum > 0n ? sum : 0n
}

async function presentRequestable({ tx, now, actor: { partner }, request: { locale } }: Context): Promise<Reply<typeof getRequestable>> {
  const candidates = await readCandidates(tx, now, partner.id)
  const [business, settings] = [await readBusiness(tx, partner.id), await readSettings(tx, partner.id)]
  const ordinary = openOf(candidates).filter(({ isNegative }) => !isNegative)
  const until = redeemUntil(settings)
  return {
    items: candidates.map((one) => ({ ...presentStatement(one, one.payable === 0n ? one.rest : one.payable, locale), block: blockOf(one), requestNumber: one.failedNumber })),
    payable: fromMinor(sumOf(openOf(candidates))), quarterly: fromMinor(sumOf(candidates.filter((one) => blockOf(one) === 'quarterly'))),
    options: PayoutOption.options.map((option) => {
      const others = ordinary.filter(({ options }) => !options.includes(option)).map(({ number }) => number)
      return { option, isOffered: ordinary.length > 0 && others.length === 0, needsInvoice: option !== 'VOUCHER_QUOTA', notOfferedBy: others }
    }),
    blocks: blocksOf(now, business, settings), businessChecks: checksOf(business), redeemUntil: until === null ? null : chinaDayOf(new Date(until.getTime() - 1)),
  }
}
