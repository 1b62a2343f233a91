import type { LogFacts } from '#server/http/context.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { lockAccounts, partnerAccountKinds, type LockedAccounts } from '#server/ledger/accounts.ts'
import { allocate, reclaim } from '#server/ledger/adjust.ts'
import { readLotsToReclaim, takeFrom, type OpenLot } from '#server/ledger/lots.ts'
import { post, type Authorship, type Books, type Posted } from '#server/ledger/post.ts'
import { customerTopUp, postRebate, setCreditLimit, topUp } from '#server/ledger/vendor.ts'
import type { Step } from './demo-history.ts'
import { uuidFrom } from './demo-ids.ts'

export type BookCustomer = { id: string; number: string; accountId: string; ownAccountId: string }
/** What the operation log says of a step: one row per adjustment. `by` is a login, null for the vendor operator. */
export type Logged = { at: Date; by: string | null; requestId: string; facts: LogFacts }

type Row = { customer: number; amount: bigint }
type Desk = { tx: Tx; books: Books; customers: readonly BookCustomer[]; memberIds: ReadonlyMap<string, string>; accounts: LockedAccounts; isClick: boolean }

/** Posts a partner's history through the ledger, in the order of time and with the times of the steps.
 *  @param memberIds by login. @param isClick the partner's verification switch is off. @returns what the operation log should say of it. */
export async function keepBooks(tx: Tx, books: Books, creditLimit: bigint, steps: readonly Step[], customers: readonly BookCustomer[], memberIds: ReadonlyMap<string, string>, isClick: boolean): Promise<Logged[]> {
  await setCreditLimit(tx, books.partnerId, creditLimit)
  const accounts = await lockAccounts(tx, books.partnerId, partnerAccountKinds, customers.map(({ accountId }) => accountId))
  const desk = { tx, books, customers, memberIds, accounts, isClick }
  const logged: Logged[] = []
  for (const [place, step] of steps.entries()) logged.push(...await take(desk, step, uuidFrom(`${books.partnerId} step ${place}`)))
  return logged
}

async function take(desk: Desk, step: Step, requestId: string): Promise<Logged[]> {
  const { tx, books } = desk
  const vendor = (amount: bigint, reason: string) => ({ books, requestId, reason, at: step.at, amount })
  const told = (operation: LogFacts['operation'], number: string, amount: bigint, more: Partial<LogFacts> = {}): Logged => ({ at: step.at, by: null, requestId, facts: { operation, objectKind: 'transfer', objectNumber: number, amount, ...more } })
  switch (step.kind) {
    case 'top_up':
      return [told('funds.top_up', await topUp(tx, vendor(step.amount, 'bank receipt')), step.amount)]
    case 'incentive':
      return [told('funds.rebate', await postRebate(tx, vendor(step.amount, 'quarterly incentive')), step.amount)]
    case 'own_top_up': {
      const { row: { amount }, customer } = only(desk, step.rows)
      return [told('funds.own_top_up', await customerTopUp(tx, { ...vendor(amount, 'customer payment'), customerId: customer.id }), amount, { customerId: customer.id })]
    }
    case 'consume':
      await settle(desk, step.rows, step.at, requestId)
      return []
    case 'allocate': {
      const rows = step.rows.map((row) => ({ customerId: at(desk, row).id, accountId: at(desk, row).accountId, amount: row.amount }))
      const by = author(desk, step.by, requestId)
      const posted = await allocate(tx, { books, by, at: step.at, isBatch: rows.length > 1, accounts: desk.accounts, from: desk.accounts.partner(step.source), rows })
      return adjusted('funds.allocate', posted, step, by)
    }
    case 'reclaim': {
      const lots = await readLotsToReclaim(tx, books.partnerId, step.rows.map((row) => ({ customerId: at(desk, row).id, amount: row.amount, lotId: null })))
      const rows = step.rows.map((row) => {
        const { id, accountId } = at(desk, row)
        return { customerId: id, accountId, takings: takeFrom(lots.filter((lot) => lot.accountId === accountId), row.amount) }
      })
      const by = author(desk, step.by, requestId)
      return adjusted('funds.reclaim', await reclaim(tx, { books, by, at: step.at, isBatch: rows.length > 1, accounts: desk.accounts, rows }), step, by)
    }
  }
}

/** The settlement of a month: all customers in one transfer, each from its oldest lots. */
async function settle({ tx, books, accounts, ...desk }: Desk, rows: readonly Row[], when: Date, requestId: string): Promise<void> {
  const lots = Map.groupBy(await tx.rows<OpenLot>(sql`
    select l.id, l.number, l.account_id as "accountId", l.source, l.source_account_id as "sourceAccountId", l.remaining
      from lots l where l.partner_id = ${books.partnerId} and l.account_id = any(${list(rows.map((row) => at(desk, row).accountId))}::uuid[]) and l.remaining > 0 order by l.seq`), ({ accountId }) => accountId)
  const spent = rows.map((row) => ({ accountId: at(desk, row).accountId, amount: row.amount }))
  const total = spent.reduce((sum, { amount }) => sum + amount, 0n)
  await post(tx, {
    books, at: when, kind: 'consume', isBatch: false, accounts,
    by: { actorId: null, proofId: null, keyHash: null, requestId, confirmedBy: 'none', reason: 'settlement' },
    moves: [...spent.map(({ accountId, amount }) => ({ accountId, amount: -amount })), { accountId: accounts.partner('outside').id, amount: total }],
    takings: spent.flatMap(({ accountId, amount }) => takeFrom(lots.get(accountId) ?? [], amount)).map(({ lot, amount }) => ({ lotId: lot.id, amount, as: 'spent' as const, adjustmentId: null })),
  })
}

function adjusted(operation: 'funds.allocate' | 'funds.reclaim', { adjustments }: Posted, { at: when, by }: Step & { by: string }, { requestId, confirmedBy }: Authorship): Logged[] {
  return adjustments.map(({ number, customerId, amount, source }) => ({
    at: when, by, requestId, facts: { operation, objectKind: 'adjustment', objectNumber: number, customerId, amount, confirmedBy, details: { source } },
  }))
}

/** Codes went out by SMS as a rule, now and then by mail; with the switch off people clicked. */
function author({ memberIds, isClick }: Desk, login: string, requestId: string): Authorship {
  const actorId = memberIds.get(login)
  if (actorId === undefined) throw new Error(`no member ${login}`)
  const confirmedBy = isClick ? 'click' : requestId.charCodeAt(0) % 5 === 0 ? 'email' : 'sms'
  return { actorId, proofId: null, keyHash: null, requestId, confirmedBy, reason: '' }
}

function at({ customers }: Pick<Desk, 'customers'>, { customer }: Row): BookCustomer {
  const found = customers[customer]
  if (!found) throw new Error(`no customer at ${customer}`)
  return found
}

function only(desk: Desk, rows: readonly Row[]): { row: Row; customer: BookCustomer } {
  const [row] = rows
  if (!row || rows.length > 1) throw new Error('a step of one customer')
  return { row, customer: at(desk, row) }
}
