import type { Reply } from '#contract/endpoint.ts'
import { CustomerTodo } from '#contract/customers.ts'
import { getHome } from '#contract/home.ts'
import { fromMinor } from '#contract/money.ts'
import { hasFunds, movesFunds } from '#contract/people.ts'
import type { Context, Mount } from '#server/http/context.ts'
import { readLatestAdjustments } from '#server/operations/latest-adjustments.ts'
import { deadlineFilter, expiryWindow, todoFilters } from './rules.ts'
import { readBalances, readDeadlines, readEcosystemManager, readFigures, readMonths, readStatementsToConfirm } from './store.ts'

/** Movements that Home shows below the balances. */
const latestMovements = 5

/** The first page: what there is, what waits, what ends soon. Every number obeys the person's scope and permissions. */
export const mountHome = (mount: Mount): void => {
  mount.read(getHome, { permission: 'home.view', run: (_input, context) => presentHome(context) })
}

async function presentHome({ tx, now, actor }: Context): Promise<Reply<typeof getHome>> {
  const seesFunds = actor.permissions.has('funds.view') && hasFunds(actor.partner.type)
  const seesCustomers = actor.permissions.has('customer.view')
  const seesCoupons = actor.permissions.has('coupon.view')
  const figures = await readFigures(tx, actor)
  const balances = seesFunds ? await readBalances(tx, actor) : undefined
  const months = await readMonths(tx, now, actor)
  const soon = expiryWindow(now, actor.partner.timeZone)
  const deadlines = await readDeadlines(tx, now, actor, soon.from, soon.to)
  const statements = actor.permissions.has('incentive.view') ? await readStatementsToConfirm(tx, now, actor) : undefined
  return {
    balances: balances ? {
      topUpAvailable: fromMinor(balances.topUp), creditAvailable: fromMinor(balances.creditLimit + balances.credit), creditLimit: fromMinor(balances.creditLimit), allocated: fromMinor(balances.allocated),
    } : null,
    customers: { total: figures.total, resale: figures.resale, referral: figures.referral, frozen: figures.frozen },
    monthExpenditure: fromMinor(figures.monthExpenditure),
    trend: months.map(({ month, expenditure, allocated, reclaimed }) => (
      { month, expenditure: fromMinor(expenditure), allocated: fromMinor(seesFunds ? allocated : 0n), reclaimed: fromMinor(seesFunds ? reclaimed : 0n) })),
    // A number that leads to a list the person may not open would be a dead end.
    todos: [
      ...(seesCustomers ? CustomerTodo.options.filter((kind) => figures[kind] > 0 && (kind !== 'no_balance' || movesFunds(actor.partner.type))).map((kind) => ({ kind, count: figures[kind], filter: todoFilters[kind] })) : []),
      // Whoever may confirm has it to do; everybody else who sees the statements reads until when.
      ...(statements && actor.permissions.has('incentive.confirm') ? [{ kind: 'incentives_to_confirm' as const, count: statements.count, filter: todoFilters.incentives_to_confirm }] : []),
    ],
    deadlines: [...deadlines, ...(statements ? [statements] : [])]
      .filter(({ kind }) => kind === 'exports_expire' || kind === 'incentives_end' || (kind === 'coupons_end' || kind === 'quotas_end' ? seesCoupons : seesCustomers))
      .map(({ kind, count, nearest, coupon }) => ({ kind, count, nearest: nearest.toISOString(), filter: deadlineFilter(kind, soon, coupon) })),
    latest: seesFunds ? await readLatestAdjustments(tx, actor, latestMovements) : [],
    ecosystemManager: await readEcosystemManager(tx, actor.partner.id),
    asOf: now.toISOString(),
  }
}
