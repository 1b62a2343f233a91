import * as z from 'zod/mini'
import type { LoggedOperation } from '#contract/operation-log.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { consume, customerTopUp, postRebate, setCreditLimit, setCustomerFacts, topUp, type VendorPosting } from '#server/ledger/vendor.ts'
import { command, type Command } from './command.ts'
import { change, findCustomer, findPartner, type Desk, type PartnerRow } from './desk.ts'
import { Account, CustomerNumber, Money, MoneyOrNone, shown } from './fields.ts'
import { PostingInput, postingOptions, postOnce } from './posting.ts'

const partnerOption = { partner: { value: '<account>', hint: 'which partner' } }
const customerOption = { customer: { value: '<ID>', hint: 'ten digits' } }
const amountOption = (hint: string) => ({ amount: { value: '<amount>', hint } })

const posting = ({ requestId, reason }: Desk, partner: PartnerRow, at: Date, amount: bigint): VendorPosting => ({ books: { partnerId: partner.id, timeZone: partner.timeZone }, requestId, reason, at, amount })

/** A posting to one of the partner's own accounts. */
function toPartner(name: string, summary: string, operation: LoggedOperation, post: (tx: Tx, posting: VendorPosting) => Promise<string>): Command {
  return command({
    name, summary, options: { ...partnerOption, ...amountOption('more than zero'), ...postingOptions },
    input: z.strictObject({ partner: Account, amount: Money, ...PostingInput }),
    async run(given, desk) {
      const { partner: account, amount } = given
      const partner = await findPartner(desk, account)
      await postOnce(desk, partner.id, { command: name, given }, async (tx, now) => {
        const number = await post(tx, posting(desk, partner, now, amount))
        return { log: [{ operation, objectKind: 'transfer', objectNumber: number, amount }], say: `Posted ${shown(amount)} for ${account}: ${number}.` }
      })
    },
  })
}

/** A posting of one customer. */
function toCustomer(name: string, summary: string, operation: LoggedOperation, post: (tx: Tx, posting: VendorPosting & { customerId: string }) => Promise<string | null>): Command {
  return command({
    name, summary, options: { ...partnerOption, ...customerOption, ...amountOption('more than zero'), ...postingOptions },
    input: z.strictObject({ partner: Account, customer: CustomerNumber, amount: Money, ...PostingInput }),
    async run(given, desk) {
      const { partner: account, customer, amount } = given
      const partner = await findPartner(desk, account)
      await postOnce(desk, partner.id, { command: name, given }, async (tx, now) => {
        const { id } = await findCustomer(tx, partner, customer)
        const number = await post(tx, { ...posting(desk, partner, now, amount), customerId: id })
        return {
          log: [{ operation, objectKind: number === null ? 'customer' : 'transfer', objectNumber: number ?? customer, customerId: id, amount }],
          say: `Posted ${shown(amount)} for customer ${customer}${number === null ? ', expenditure only: a referral customer pays the vendor itself' : `: ${number}`}.`,
        }
      })
    },
  })
}

/** Replaces a fact that lowers what may be reclaimed. */
function fact(name: string, summary: string, operation: LoggedOperation, column: 'held' | 'unsettled' | 'arrears'): Command {
  return command({
    name, summary, options: { ...partnerOption, ...customerOption, ...amountOption('the new figure, 0 for none') },
    input: z.strictObject({ partner: Account, customer: CustomerNumber, amount: MoneyOrNone }),
    async run({ partner: account, customer, amount }, desk) {
      const partner = await findPartner(desk, account)
      await change(desk, partner.id, async (tx) => {
        const { id } = await findCustomer(tx, partner, customer)
        await setCustomerFacts(tx, partner.id, id, { [column]: amount })
        return {
          log: [{ operation, objectKind: 'customer', objectNumber: customer, customerId: id, amount, details: { fact: column } }],
          say: `Customer ${customer}: ${column} is now ${shown(amount)}.`,
        }
      })
    },
  })
}

const creditLimit = command({
  name: 'post:credit-limit',
  summary: 'Sets how much credit the partner may use. Refused below what is used.',
  options: { ...partnerOption, ...amountOption('the new limit, 0 for none') },
  input: z.strictObject({ partner: Account, amount: MoneyOrNone }),
  async run({ partner: account, amount }, desk) {
    const partner = await findPartner(desk, account)
    await change(desk, partner.id, async (tx) => {
      const before = await setCreditLimit(tx, partner.id, amount)
      const [credit] = await tx.rows<{ id: string }>(sql`select id from accounts where partner_id = ${partner.id} and kind = 'credit' and owner_id is null`)
      return {
        log: [{ operation: 'funds.credit_limit', objectKind: 'account', ...(credit && { objectNumber: credit.id }), amount, details: { before: shown(before) } }],
        say: `Credit limit of ${account}: ${shown(before)} before, ${shown(amount)} now.`,
      }
    })
  },
})

export const postCommands: readonly Command[] = [
  toPartner('post:top-up', "Credits money that arrived at the bank to the partner's top-up account.", 'funds.top_up', topUp),
  creditLimit,
  toPartner('post:rebate', "Credits a paid-out incentive to the partner's rebate account.", 'funds.rebate', postRebate),
  toCustomer('post:own', "Credits a customer's own top-up. The partner can never reclaim it.", 'funds.own_top_up', customerTopUp),
  toCustomer('post:consumption', 'Posts settled consumption: from the oldest lots, then from the customer\'s own money.', 'funds.consume', (tx, to) => consume(tx, to.at, to)),
  fact('post:held', 'Sets what orders in progress hold.', 'funds.hold', 'held'),
  fact('post:unsettled', 'Sets consumption that is posted but not settled.', 'funds.hold', 'unsettled'),
  fact('post:arrears', 'Sets what the customer owes.', 'funds.arrears', 'arrears'),
]
