import { getMyCoupons } from '#contract/coupons-issued.ts'
import { customerSignIn, customerSignOut, getCustomerSession, getMyPartner } from '#contract/acceptance.ts'
import type { Reply } from '#contract/endpoint.ts'
import { getMyBills, getMyNotices, putMyNotices } from '#contract/my.ts'
import { demandCustomer, endCustomerSession, raiseFence, type Customer } from '#server/auth/customer-sessions.ts'
import { signInCustomer } from '#server/auth/customer-sign-in.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { MountFeature } from '#server/http/app.ts'
import type { Visitor } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { maskMobile } from '#server/masking/mask.ts'
import { chooseNotices, readBills, readNotices } from './settings.ts'
import { readMyPartner } from './store.ts'
import { readCoupons } from './coupons.ts'

/** The customer's own side: sign-in with a cookie of its own, and the partner that it belongs to. */
export const mountMy: MountFeature = (mount, _app, deps) => {
  const { database } = deps
  mount.open(customerSignIn, 'public', async ({ body }, visitor) => {
    const { token, customer, now } = await signInCustomer(deps, body, visitor)
    visitor.setToken(token)
    return present(customer, now)
  })

  mount.open(getCustomerSession, 'customer', (_input, visitor) => database.inGlobal(async (tx, now) => present(await demandCustomer(tx, now, deps, visitor, 'poll'), now)))

  mount.open(customerSignOut, 'customer', async (_input, visitor) => {
    await database.inGlobal(async (tx, now) => {
      await demandCustomer(tx, now, deps, visitor, 'change')
      await endCustomerSession(tx, visitor.token)
    })
    visitor.setToken(null)
    return {}
  })

  mount.open(getMyPartner, 'customer', (_input, visitor) => database.inGlobal(async (tx, now) => {
    const { account } = await demandCustomer(tx, now, deps, visitor, 'read')
    if (account.partnerId === null) return { accountName: account.name, partner: null }
    await raiseFence(tx, account.partnerId)
    return { accountName: account.name, partner: await readMyPartner(tx, account.partnerId, account.id) }
  }))

  /** In the fence of the partner whose customer is signed in. Refuses with not_found a customer of nobody. */
  const own = <T>(visitor: Visitor, use: 'read' | 'change', work: (tx: Tx, now: Date, of: { partnerId: string; accountId: string }) => Promise<T>): Promise<T> => database.inGlobal(async (tx, now) => {
    const { account } = await demandCustomer(tx, now, deps, visitor, use)
    if (account.partnerId === null) throw new Refusal('not_found')
    await raiseFence(tx, account.partnerId)
    return await work(tx, now, { partnerId: account.partnerId, accountId: account.id })
  })
  mount.open(getMyNotices, 'customer', (_input, visitor) => own(visitor, 'read', (tx, _now, of) => readNotices(tx, of)))
  mount.open(putMyNotices, 'customer', ({ body: { template } }, visitor) => own(visitor, 'change', (tx, _now, of) => chooseNotices(tx, of, template)))
  mount.open(getMyCoupons, 'customer', (_input, visitor) => own(visitor, 'read', readCoupons))
  mount.open(getMyBills, 'customer', (_input, visitor) => own(visitor, 'read', readBills))
}

const present = ({ account, csrf, absoluteEndsAt }: Customer, now: Date): Reply<typeof getCustomerSession> =>
  ({ accountName: account.name, mobileMasked: maskMobile(account.mobile), csrf, now: now.toISOString(), absoluteEndsAt: absoluteEndsAt.toISOString() })
