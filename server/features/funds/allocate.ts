import type { Parsed } from '#contract/endpoint.ts'
import type { FundsSource } from '#contract/customers.ts'
import type { allocateFunds } from '#contract/funds.ts'
import { toMinor } from '#contract/money.ts'
import type { Summary } from '#contract/proofs.ts'
import type { Confirmed, Context, Early, LogFacts, Operation } from '#server/http/context.ts'
import { availableOf, readPartnerAccounts, type Account, type Accounts } from '#server/ledger/accounts.ts'
import { allocate, allocateLast, type AllocateOrder } from '#server/ledger/adjust.ts'
import { shortage } from '#server/ledger/post.ts'
import { admitTotal, refuseByState, refuseRows } from './admit.ts'
import { enqueueNoticesLast } from '#server/messages/enqueue.ts'
import { authorshipOf, logDone, lookAhead, noticesOf, presentDone, tellCustomers, type Done, type Foreseeable } from './outcome.ts'
import { refuseAllocations, sameId } from './rules.ts'
import { accountsOf, lockCustomers, type CustomerToMove, type LockedCustomer } from './store.ts'
import { changeNote, frozenNotes, summarizeRows } from './summary.ts'

type Input = Parsed<typeof allocateFunds>
type Row = { customer: CustomerToMove; /** Minor units. */ amount: bigint; balance: bigint }
type Prepared = { source: FundsSource; rows: Row[]; total: bigint; available: bigint; accounts: Accounts; foreseeable: Foreseeable | undefined }
type Looked = { known: Map<string, LockedCustomer>; own: readonly Account[]; foreseeable: Foreseeable | undefined }

/** Allocates money from the top-up or credit account to one or several customers, all or nothing. */
export const allocateOperation: Operation<typeof allocateFunds, Prepared, Looked> = { permission: 'funds.allocate', look, prepare, summarize, canonical, foresee, apply, log, refused: 'funds.allocate' }

/** The customers stay locked, and with them what they hold and what is frozen; the partner's account, which everybody needs, is only looked at: the posting
 *  decides about it again. */
async function look({ body: { items } }: Input, early: Early): Promise<Looked> {
  const { tx, actor } = early
  const ids = items.map(({ customerId }) => sameId(customerId))
  const [known, own, foreseeable] = await Promise.all([lockCustomers(tx, actor, ids), readPartnerAccounts(tx, actor.partner.id), lookAhead(early, 'FU-04', ids)])
  return { known, own, foreseeable }
}

/** Order of the refusals: partner, unknown customers, rows, money. */
async function prepare({ body: { from, items: asked } }: Input, { actor, request }: Context, looked: Promise<Looked> | undefined): Promise<Prepared> {
  refuseByState(actor)
  const items = asked.map(({ customerId, amount }) => ({ customerId: sameId(customerId), amount: toMinor(amount) }))
  const total = admitTotal(items)
  if (!looked) throw new Error('nobody has looked')
  const { known, own, foreseeable } = await looked
  const accounts = accountsOf(known.values(), own)
  refuseRows(refuseAllocations(items, known), request.locale)
  const available = availableOf(accounts.partner(from))
  if (total > available) throw shortage(available, total)
  const rows = items.flatMap(({ customerId, amount }) => {
    const customer = known.get(customerId)
    return customer ? [{ customer, amount, balance: customer.balance }] : []
  })
  return { source: from, rows, total, available, accounts, foreseeable }
}

function summarize({ source, rows, total, available }: Prepared): Summary {
  const [single] = rows.length === 1 ? rows : []
  return summarizeRows('funds.allocate', rows, total, [{ kind: 'text', label: 'source', text: source }], [
    changeNote({ label: 'available', from: available, to: available - total }),
    ...(single ? [changeNote({ label: 'customer_balance', from: single.balance, to: single.balance + single.amount })] : []),
    ...frozenNotes(rows),
  ])
}

function canonical({ body: { from, items } }: Input): unknown {
  return { from, items: items.map(({ customerId, amount }) => ({ customerId: sameId(customerId), amount })).toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1)) }
}

const orderOf = ({ source, rows, accounts }: Prepared, context: Context & Confirmed): AllocateOrder => ({
  books: { partnerId: context.actor.partner.id, timeZone: context.actor.partner.timeZone }, by: authorshipOf(context), at: context.now, isBatch: rows.length > 1, accounts, from: accounts.partner(source),
  rows: rows.map(({ customer, amount }) => ({ customerId: customer.id, accountId: customer.accountId, amount })),
})

function foresee(prepared: Prepared, _input: Input, context: Context & Confirmed): Done | undefined {
  const { rows, total, foreseeable } = prepared
  if (!foreseeable) return undefined
  enqueueNoticesLast(context.tx, context.now, noticesOf(context, 'FU-04', rows, foreseeable.wants))
  const posted = allocateLast(context.tx, orderOf(prepared, context), foreseeable.drawn)
  return posted && presentDone(posted, rows.length > 1, total, rows.length)
}

async function apply(prepared: Prepared, _input: Input, context: Context & Confirmed): Promise<Done> {
  const { rows, total } = prepared
  // The posting comes last, because from then on all of the partner's operations wait for this one.
  await tellCustomers(context, 'FU-04', rows)
  const posted = await allocate(context.tx, orderOf(prepared, context))
  return presentDone(posted, rows.length > 1, total, rows.length)
}

function log(done: Done, { source }: Prepared): LogFacts[] {
  return logDone('funds.allocate', done, done.adjustments.map(() => ({ source })))
}
