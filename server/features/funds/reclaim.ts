import type { Parsed } from '#contract/endpoint.ts'
import type { reclaimFunds } from '#contract/funds.ts'
import { toMinor } from '#contract/money.ts'
import type { Fact, Summary } from '#contract/proofs.ts'
import type { Confirmed, Context, Early, LogFacts, Operation } from '#server/http/context.ts'
import { availableOf, readPartnerAccounts, type Account, type Accounts } from '#server/ledger/accounts.ts'
import { reclaim, reclaimLast, type ReclaimOrder } from '#server/ledger/adjust.ts'
import { readLotsToReclaim, takeFrom, type OpenLot, type Taking } from '#server/ledger/lots.ts'
import { reclaimableOf } from '#server/ledger/reclaimable.ts'
import { admitTotal, refuseByState, refuseRows } from './admit.ts'
import { enqueueNoticesLast } from '#server/messages/enqueue.ts'
import { authorshipOf, logDone, lookAhead, noticesOf, presentDone, tellCustomers, type Done, type Foreseeable } from './outcome.ts'
import { refuseReclaims, sameId, type ReclaimItem } from './rules.ts'
import { accountsOf, lockCustomers, type CustomerToMove, type LockedCustomer } from './store.ts'
import { changeNote, summarizeRows } from './summary.ts'

type Input = Parsed<typeof reclaimFunds>
type Row = { customer: CustomerToMove; /** Minor units. */ amount: bigint; balance: bigint; takings: Taking[]; lotNumber: string | null }
type Prepared = { rows: Row[]; total: bigint; accounts: Accounts; foreseeable: Foreseeable | undefined }
type Looked = { customers: Map<string, LockedCustomer>; own: readonly Account[]; lots: readonly OpenLot[]; foreseeable: Foreseeable | undefined }

/** Takes money back from one or several customers to the sources of their lots, all or nothing. */
export const reclaimOperation: Operation<typeof reclaimFunds, Prepared, Looked> = { permission: 'funds.reclaim', look, prepare, summarize, canonical, foresee, apply, log, refused: 'funds.reclaim' }

const itemsOf = ({ body }: Input): ReclaimItem[] => body.items.map(({ customerId, amount, lotId }) => ({ customerId: sameId(customerId), amount: toMinor(amount), lotId: lotId === undefined ? null : sameId(lotId) }))

/** The customers stay locked, and with them their balances, lots and facts. */
async function look(input: Input, early: Early): Promise<Looked> {
  const { tx, actor } = early
  const items = itemsOf(input)
  const ids = items.map(({ customerId }) => customerId)
  // Run in this order: what is read behind the lock stays so. A customer that stands there twice is refused later, whatever is read.
  const [customers, own, lots, foreseeable] = await Promise.all([
    lockCustomers(tx, actor, ids), readPartnerAccounts(tx, actor.partner.id), readLotsToReclaim(tx, actor.partner.id, items), lookAhead(early, 'FU-05', ids),
  ])
  return { customers, own, lots, foreseeable }
}

/** Order of the refusals: partner, unknown customers, rows. */
async function prepare(input: Input, { actor, request }: Context, looked: Promise<Looked> | undefined): Promise<Prepared> {
  refuseByState(actor)
  const items = itemsOf(input)
  const total = admitTotal(items)
  if (!looked) throw new Error('nobody has looked')
  const { customers, own, lots, foreseeable } = await looked
  const accounts = accountsOf(customers.values(), own)
  const known = new Map([...customers].map(([id, customer]) => [id, { ...customer, reclaimable: reclaimableOf({ ...customer, allocated: customer.balance }) }]))
  refuseRows(refuseReclaims(items, known, new Map(lots.map((lot) => [lot.id, lot]))), request.locale)
  const rows = items.flatMap(({ customerId, amount, lotId }): Row[] => {
    const customer = known.get(customerId)
    if (!customer) return []
    const mine = lots.filter((lot) => (lotId === null ? lot.accountId === customer.accountId : lot.id === lotId))
    return [{ customer, amount, balance: customer.balance, takings: takeFrom(mine, amount), lotNumber: lotId === null ? null : (mine[0]?.number ?? null) }]
  })
  return { rows, total, accounts, foreseeable }
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

const orderOf = ({ rows, accounts }: Prepared, context: Context & Confirmed): ReclaimOrder => ({
  books: { partnerId: context.actor.partner.id, timeZone: context.actor.partner.timeZone }, by: authorshipOf(context), at: context.now, isBatch: rows.length > 1, accounts,
  rows: rows.map(({ customer, takings }) => ({ customerId: customer.id, accountId: customer.accountId, takings })),
})

function foresee(prepared: Prepared, _input: Input, context: Context & Confirmed): Done | undefined {
  const { rows, total, foreseeable } = prepared
  if (!foreseeable) return undefined
  enqueueNoticesLast(context.tx, context.now, noticesOf(context, 'FU-05', rows, foreseeable.wants))
  const posted = reclaimLast(context.tx, orderOf(prepared, context), foreseeable.drawn)
  return posted && presentDone(posted, rows.length > 1, total, rows.length)
}

async function apply(prepared: Prepared, _input: Input, context: Context & Confirmed): Promise<Done> {
  const { rows, total } = prepared
  // The posting comes last, because from then on all of the partner's operations wait for this one.
  await tellCustomers(context, 'FU-05', rows)
  const posted = await reclaim(context.tx, orderOf(prepared, context))
  return presentDone(posted, rows.length > 1, total, rows.length)
}

/** The adjustments come in the order of the rows, one per source; so the same walk says which lots belong to which. */
function log(done: Done, { rows }: Prepared): LogFacts[] {
  const details = rows.flatMap(({ takings }) => [...new Set(takings.map(({ lot }) => lot.source))].map((source) => ({
    source, lots: takings.filter(({ lot }) => lot.source === source).map(({ lot }) => lot.number).join(', '),
  })))
  return logDone('funds.reclaim', done, details)
}

const sumOf = (parts: readonly { amount: bigint }[]): bigint => parts.reduce((sum, { amount }) => sum + amount, 0n)
