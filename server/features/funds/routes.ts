import type { Reply } from '#contract/endpoint.ts'
import { listLots } from '#contract/customers.ts'
import { allocateFunds, getAccounts, getAdjustment, getFundsTargets, queryAdjustments, queryTransactions, reclaimFunds } from '#contract/funds.ts'
import { fromMinor } from '#contract/money.ts'
import type { Mount, Read } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { availableOf } from '#server/ledger/accounts.ts'
import { readStatement } from '#server/ledger/statement.ts'
import { takeLookUp } from '#server/operations/look-up-limit.ts'
import * as adjustments from './adjustment-store.ts'
import { allocateOperation } from './allocate.ts'
import * as lots from './lot-store.ts'
import { presentAccounts, presentAdjustment, presentLot, presentStatement, presentTarget, presentTransaction } from './present.ts'
import { reclaimOperation } from './reclaim.ts'
import { sameId } from './rules.ts'
import { readAllocated, readCustomerFunds, readOpenLots, readPartnerAccounts } from './store.ts'
import * as transactions from './transaction-store.ts'

const accounts: Read<typeof getAccounts> = {
  permission: 'funds.view',
  async run(_input, { tx, now, actor }) {
    return presentAccounts(await readPartnerAccounts(tx, actor.partner.id), await readAllocated(tx, actor), now)
  },
}

const targets: Read<typeof getFundsTargets> = {
  permission: 'funds.view',
  async run({ body }, { tx, now, actor }) {
    const customers = await readCustomerFunds(tx, actor, body.customerIds.map(sameId))
    const open = await readOpenLots(tx, actor.partner.id, [...customers.values()].map(({ accountId }) => accountId))
    const { 'top-up': topUp, credit } = await readPartnerAccounts(tx, actor.partner.id)
    return {
      items: body.customerIds.flatMap((id) => {
        const customer = customers.get(sameId(id))
        return customer ? [presentTarget(customer, open.filter(({ accountId }) => accountId === customer.accountId), now)] : []
      }),
      available: { topUp: fromMinor(availableOf(topUp)), credit: fromMinor(availableOf(credit)) },
    }
  },
}

const adjustmentList: Read<typeof queryAdjustments> = {
  permission: 'funds.view',
  async run({ body }, context) {
    const { tx, actor } = context
    // Part of a name is personal data here as in the list of customers, so both are counted together.
    if (body.counterparty !== undefined) await takeLookUp(context)
    const { rows, total } = await adjustments.queryRows(tx, actor, body)
    const parts = await adjustments.readLotParts(tx, actor.partner.id, rows.map(({ id }) => id))
    return { items: rows.map((row) => presentAdjustment(row, parts)), total }
  },
}

const adjustment: Read<typeof getAdjustment> = {
  permission: 'funds.view',
  async run({ params }, { tx, actor }): Promise<Reply<typeof getAdjustment>> {
    const row = await adjustments.readRow(tx, actor, params.id)
    if (!row) throw new Refusal('not_found')
    const siblings = await adjustments.readSiblings(tx, actor, row)
    const parts = await adjustments.readLotParts(tx, actor.partner.id, [row, ...siblings].map(({ id }) => id))
    return {
      ...presentAdjustment(row, parts), transferId: row.transferId, requestId: row.requestId, confirmedBy: row.confirmedBy,
      siblings: siblings.map((sibling) => presentAdjustment(sibling, parts)),
    }
  },
}

const transactionList: Read<typeof queryTransactions> = {
  permission: 'funds.view',
  async run({ body }, { tx, actor }) {
    const { id } = (await readPartnerAccounts(tx, actor.partner.id))[body.filter.account]
    const { rows, total } = await transactions.queryRows(tx, actor, id, body)
    const range = await readStatement(tx, actor.partner.id, id, body.filter, actor.partner.timeZone)
    return { items: rows.map(presentTransaction), total, range: presentStatement(range) }
  },
}

const lotList: Read<typeof listLots> = {
  permission: 'customer.view',
  async run({ params, body }, { tx, actor }) {
    const account = await lots.readAccountOf(tx, actor, params.id)
    if (!account) throw new Refusal('not_found')
    const { rows, total } = await lots.queryRows(tx, actor, account.id, body)
    return { items: rows.map(presentLot), total, remaining: fromMinor(account.balance) }
  },
}

/** Mounts what the funds pages and a customer's Funds tab read, and the two operations that move money. */
export const mountFunds = (mount: Mount): void => {
  mount.read(getAccounts, accounts)
  mount.read(getFundsTargets, targets)
  mount.read(queryAdjustments, adjustmentList)
  mount.read(getAdjustment, adjustment)
  mount.read(queryTransactions, transactionList)
  mount.read(listLots, lotList)
  mount.perform(allocateFunds, allocateOperation)
  mount.perform(reclaimFunds, reclaimOperation)
}
