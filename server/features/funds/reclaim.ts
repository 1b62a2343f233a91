import type { Parsed } from '#contract/endpoint.ts'
import type { reclaimFunds } from '#contract/funds.ts'
import { toMinor } from '#contract/money.ts'
import type { Fact, Summary } from '#contract/proofs.ts'
import type { Confirmed, Context, LogFacts, Operation } from '#server/http/context.ts'
import { availableOf, readAccountsOf, type Accounts } from '#server/ledger/accounts.ts'
import { reclaim } from '#server/ledger/adjust.ts'
import { readLotsToReclaim, takeFrom, type Taking } from '#server/ledger/lots.ts'
import { reclaimableOf } from '#server/ledger/reclaimable.ts'
import { admitTotal, refuseByState, refuseRows } from './admit.ts'
import { authorshipOf, logDone, presentDone, tellCustomers, type Done } from './outcome.ts'
import { refuseReclaims, sameId, type ReclaimItem } from './rules.ts'
import { lockCustomers, type CustomerToMove } from './store.ts'
import { changeNote, summarizeRows } from './summary.ts'

type Input = Parsed<typeof reclaimFunds>
type Row = { customer: CustomerToMove; /** Minor units. */ amount: bigint; balance: bigint; takings: Taking[]; lotNumber: string | null }
type Prepared = { rows: Row[]; total: bigint; accounts: Accounts }

/** Takes money back from one or several customers to the sources of their lots, all or nothing. */
export const reclaimOperation: Operation<typeof reclaimFunds, Prepared> = { permission: 'funds.reclaim', prepare, summarize, canonical, apply, log, refused: 'funds.reclaim' }

/** Order of the refusals: partner, unknown customers, rows. The customers stay locked, and with them their balances, lots and facts. */
async function prepare({ body }: Input, { tx, actor, request }: Context): Promise<Prepared> {
  refuseByState(actor)
  const items = body.items.map(({ customerId, amount, lotId }): ReclaimItem => ({ customerId: sameId(customerId), amount: toMinor(amount), lotId: lotId === undefined ? null : sameId(lotId) }))
  const total = admitTotal(items)
  const ids = items.map(({ customerId }) => customerId)
  // Sent together and run in this order: what is read behind the lock stays so. A customer that stands there twice is refused below, whatever is read.
  const [customers, accounts, lots] = await Promise.all([lockCustomers(tx, actor, ids), readAccountsOf(tx, actor.partner.id, ['top-up', 'credit'], ids), readLotsToReclaim(tx, actor.partner.id, items)])
  const known = new Map([...customers].map(([id, customer]) => {
    const balance = accounts.get(customer.accountId).balance
    return [id, { ...customer, balance, reclaimable: reclaimableOf({ ...customer, allocated: balance }) }]
  }))
  refuseRows(refuseReclaims(items, known, new Map(lots.map((lot) => [lot.id, lot]))), request.locale)
  const rows = items.flatMap(({ customerId, amount, lotId }): Row[] => {
    const customer = known.get(customerId)
    if (!customer) return []
    const mine = lots.filter((lot) => (lotId === null ? lot.accountId === customer.accountId : lot.id === lotId))
    return [{ customer, amount, balance: customer.balance, takings: takeFrom(mine, amount), lotNumber: lotId === null ? null : (mine[0]?.number ?? null) }]
  })
  return { rows, total, accounts }
}

function summarize({ rows, total, accounts }: Prepared): Summary {
  const [single] = rows.length === 1 ? rows : []
  const lots = rows.flatMap(({ lotNumber }): Fact[] => (lotNumber === null ? [] : [{ kind: 'number', label: 'lot', number: lotNumber }]))
  const returned = (['top-up', 'credit'] as const).flatMap((label) => {
    const back = sumOf(rows.flatMap(({ takings }) => takings.filter(({ lot }) => lot.source === label)))
    const available = availableOf(accounts.partner(label))
    return back > 0n ? [changeNote({ label, from: available, to: available + back })] : []
  })
  return summarizeRows('funds.reclaim', rows, total, lots.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)), [
    ...returned,
    ...(single ? [changeNote({ label: 'customer_balance', from: single.balance, to: single.balance - single.amount })] : []),
  ])
}

function canonical({ body: { items } }: Input): unknown {
  const rows = items.map(({ customerId, amount, lotId }) => ({ customerId: sameId(customerId), amount, lotId: lotId === undefined ? null : sameId(lotId) }))
  return { items: rows.toSorted((a, b) => (a.customerId + a.lotId < b.customerId + b.lotId ? -1 : 1)) }
}

async function apply({ rows, total, accounts }: Prepared, _input: Input, context: Context & Confirmed): Promise<Done> {
  const { tx, now, actor: { partner } } = context
  const isBatch = rows.length > 1
  // The posting comes last, because from then on all of the partner's operations wait for this one.
  await tellCustomers(context, 'FU-05', rows)
  const posted = await reclaim(tx, {
    books: { partnerId: partner.id, timeZone: partner.timeZone }, by: authorshipOf(context), at: now, isBatch, accounts,
    rows: rows.map(({ customer, takings }) => ({ customerId: customer.id, accountId: customer.accountId, takings })),
  })
  return presentDone(posted, isBatch, total, rows.length)
}

/** The adjustments come in the order of the rows, one per source; so the same walk says which lots belong to which. */
function log(done: Done, { rows }: Prepared): LogFacts[] {
  const details = rows.flatMap(({ takings }) => [...new Set(takings.map(({ lot }) => lot.source))].map((source) => ({
    source, lots: takings.filter(({ lot }) => lot.source === source).map(({ lot }) => lot.number).join(', '),
  })))
  return logDone('funds.reclaim', done, details)
}

const sumOf = (parts: readonly { amount: bigint }[]): bigint => parts.reduce((sum, { amount }) => sum + amount, 0n)
