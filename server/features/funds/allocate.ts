import type { Parsed } from '#contract/endpoint.ts'
import type { FundsSource } from '#contract/customers.ts'
import type { allocateFunds } from '#contract/funds.ts'
import { toMinor } from '#contract/money.ts'
import type { Summary } from '#contract/proofs.ts'
import type { Confirmed, Context, LogFacts, Operation } from '#server/http/context.ts'
import { availableOf, readAccountsOf, type Accounts } from '#server/ledger/accounts.ts'
import { allocate } from '#server/ledger/adjust.ts'
import { shortage } from '#server/ledger/post.ts'
import { admitTotal, refuseByState, refuseRows } from './admit.ts'
import { authorshipOf, logDone, presentDone, tellCustomers, type Done } from './outcome.ts'
import { refuseAllocations, sameId } from './rules.ts'
import { lockCustomers, type CustomerToMove } from './store.ts'
import { changeNote, frozenNotes, summarizeRows } from './summary.ts'

type Input = Parsed<typeof allocateFunds>
type Row = { customer: CustomerToMove; /** Minor units. */ amount: bigint; balance: bigint }
type Prepared = { source: FundsSource; rows: Row[]; total: bigint; available: bigint; accounts: Accounts }

/** Allocates money from the top-up or credit account to one or several customers, all or nothing. */
export const allocateOperation: Operation<typeof allocateFunds, Prepared> = { permission: 'funds.allocate', prepare, summarize, canonical, apply, log, refused: 'funds.allocate' }

/** Order of the refusals: partner, unknown customers, rows, money. The customers stay locked, and with them what is frozen; the partner's account, which
 *  everybody needs, is only looked at: the posting decides about it again. */
async function prepare({ body: { from, items: asked } }: Input, { tx, actor, request }: Context): Promise<Prepared> {
  refuseByState(actor)
  const items = asked.map(({ customerId, amount }) => ({ customerId: sameId(customerId), amount: toMinor(amount) }))
  const total = admitTotal(items)
  const ids = items.map(({ customerId }) => customerId)
  // Sent together and run in this order: what is read behind the lock stays so.
  const [customers, accounts] = await Promise.all([lockCustomers(tx, actor, ids), readAccountsOf(tx, actor.partner.id, [from], ids)])
  const known = new Map([...customers].map(([id, customer]) => [id, { ...customer, balance: accounts.get(customer.accountId).balance }]))
  refuseRows(refuseAllocations(items, known), request.locale)
  const available = availableOf(accounts.partner(from))
  if (total > available) throw shortage(available, total)
  const rows = items.flatMap(({ customerId, amount }) => {
    const customer = known.get(customerId)
    return customer ? [{ customer, amount, balance: customer.balance }] : []
  })
  return { source: from, rows, total, available, accounts }
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

async function apply({ source, rows, total, accounts }: Prepared, _input: Input, context: Context & Confirmed): Promise<Done> {
  const { tx, now, actor: { partner } } = context
  const isBatch = rows.length > 1
  // The posting comes last, because from then on all of the partner's operations wait for this one.
  await tellCustomers(context, 'FU-04', rows)
  const posted = await allocate(tx, {
    books: { partnerId: partner.id, timeZone: partner.timeZone }, by: authorshipOf(context), at: now, isBatch, accounts, from: accounts.partner(source),
    rows: rows.map(({ customer, amount }) => ({ customerId: customer.id, accountId: customer.accountId, amount })),
  })
  return presentDone(posted, isBatch, total, rows.length)
}

function log(done: Done, { source }: Prepared): LogFacts[] {
  return logDone('funds.allocate', done, done.adjustments.map(() => ({ source })))
}
