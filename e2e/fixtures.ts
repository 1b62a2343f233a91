import { type BrowserContext, expect, type Page, test as base } from '@playwright/test'
import * as z from 'zod/mini'
import { Figure, parseAmount } from '#contract/money.ts'
import type { PartnerType } from '#contract/people.ts'
import { type Backstage, openBackstage } from './backstage.ts'
import type { NewCustomer, NewMember } from './stage.ts'

const Member = z.object({ id: z.string(), login: z.string(), name: z.string(), mobile: z.string(), email: z.string(), password: z.string() })
const Customer = z.object({ id: z.string(), number: z.string(), name: z.string(), accountName: z.string(), mobile: z.nullable(z.string()), email: z.string() })
const State = z.object({
  accounts: z.array(z.object({ kind: z.string(), ownerId: z.nullable(z.string()), balance: Figure })),
  adjustments: z.array(z.object({ number: z.string(), batchNumber: z.nullable(z.string()), customerId: z.string(), kind: z.string(), amount: Figure })),
  lots: z.array(z.object({ number: z.string(), customerId: z.string(), remaining: Figure })),
  log: z.array(z.object({ operation: z.string(), result: z.string(), confirmedBy: z.string(), customerId: z.nullable(z.string()), amount: z.nullable(Figure), details: z.string() })),
})
export type TestMember = z.infer<typeof Member>
type TestCustomer = z.infer<typeof Customer>
type Without<T> = Omit<T, 'partnerId'>

/** A partner of the test's own, with an administrator. Amounts are texts such as `1000.00`. */
export type TestPartner = {
  id: string
  account: string
  admin: TestMember
  hasMember(member: Without<z.input<typeof NewMember>>): Promise<TestMember>
  hasCustomer(customer?: Without<z.input<typeof NewCustomer>>): Promise<TestCustomer>
  /** Money arrives on the top-up account. */
  hasBalance(amount: string): Promise<void>
  hasCredit(amount: string): Promise<void>
  /** The partner allocated this before; one lot. @returns the adjustment's number. */
  hasAllocated(customer: TestCustomer, amount: string, from?: 'top-up' | 'credit'): Promise<string>
  hasConsumed(customer: TestCustomer, amount: string): Promise<void>
  hasToppedUpItself(customer: TestCustomer, amount: string): Promise<void>
  hasFacts(customer: TestCustomer, facts: { held?: string; unsettled?: string; arrears?: string }): Promise<void>
  /** The customer pays the vendor itself from now on. */
  becomesReferral(customer: TestCustomer): Promise<void>
  /** Everybody's sign-in ends now. */
  sessionsEnd(): Promise<void>
  balance(kind?: 'top-up' | 'credit'): Promise<string>
  balanceOf(customer: TestCustomer): Promise<string>
  state(): Promise<z.infer<typeof State>>
  /** Operations of the log that have this name, oldest first. */
  logged(operation: string): Promise<z.infer<typeof State>['log']>
}

type PartnerOptions = { verificationOn: boolean; type?: PartnerType }
type Post = { /** The newest code for this destination that was not handed out before. */ nextCode(to: string): Promise<string>; newest(to: string): Promise<string> }
type Fixtures = {
  /** What the test's partner is like: `test.use({ partnerOptions: { verificationOn: false } })`. */
  partnerOptions: PartnerOptions
  partner: TestPartner
  /** Another partner, of whose data nothing may be seen. */
  stranger: TestPartner
  mail: Post
  phone: Post
  clock: { /** Moves the server's time. @param seconds forward. */ travel(seconds: number): Promise<void> }
  /** Puts a member's sign-in into a browser. */
  signIn(member: TestMember, context?: BrowserContext, of?: TestPartner): Promise<void>
  /** A page where the partner's administrator is signed in. */
  signedInPage: Page
}

export const test = base.extend<Fixtures, { backstage: Backstage; /** Whether people may sign in with a unified ID. */ hasUnifiedId: boolean }>({
  hasUnifiedId: [false, { option: true, scope: 'worker' }],
  backstage: [async ({ hasUnifiedId }, use) => {
    const backstage = await openBackstage(hasUnifiedId)
    await use(backstage)
    await backstage.stop()
  }, { scope: 'worker', timeout: 60_000 }],
  baseURL: async ({ backstage }, use) => await use(backstage.url),
  partnerOptions: [{ verificationOn: true }, { option: true }],
  partner: async ({ backstage, partnerOptions }, use) => {
    const partner = await makePartner(backstage, partnerOptions)
    await use(partner)
    // Whatever the test did: the books agree with each other.
    expect(await backstage.ask('mismatches', { partnerId: partner.id }, z.array(z.unknown()))).toEqual([])
  },
  stranger: async ({ backstage }, use) => await use(await makePartner(backstage, { verificationOn: true })),
  mail: async ({ backstage }, use) => await use(postOf((to) => backstage.ask('mail', { to }, z.array(z.string())))),
  phone: async ({ backstage }, use) => await use(postOf((to) => backstage.ask('phone', { to }, z.array(z.string())))),
  clock: async ({ backstage }, use) => await use({ travel: (seconds) => backstage.tell('travel', { seconds }) }),
  signIn: async ({ backstage, partner, context: own }, use) => await use(async (member, context = own, of = partner) => {
    const { token } = await backstage.ask('signIn', { partnerId: of.id, memberId: member.id }, z.object({ token: z.string() }))
    await context.addCookies([{ name: 'session', value: token, url: backstage.url, httpOnly: true, sameSite: 'Lax' }])
  }),
  signedInPage: async ({ page, partner, signIn }, use) => {
    await signIn(partner.admin)
    await use(page)
  },
})
export { expect }

async function makePartner({ ask, tell }: Backstage, options: PartnerOptions): Promise<TestPartner> {
  const { id: partnerId, account } = await ask('partner', options, z.object({ id: z.string(), account: z.string() }))
  const hasMember: TestPartner['hasMember'] = (member) => ask('member', { partnerId, ...member }, Member)
  const state = () => ask('state', { partnerId }, State)
  const balanceWhere = async (fits: (account: z.infer<typeof State>['accounts'][number]) => boolean) => (await state()).accounts.find(fits)?.balance ?? ''
  return {
    id: partnerId, account, admin: await hasMember({ role: 'administrator' }), hasMember, state,
    hasCustomer: (customer = {}) => ask('customer', { partnerId, ...customer }, Customer),
    hasBalance: (text) => tell('topUp', { partnerId, amount: amount(text) }),
    hasCredit: (text) => tell('credit', { partnerId, amount: amount(text) }),
    hasAllocated: async (customer, text, from = 'top-up') => (await ask('allocated', { partnerId, customerId: customer.id, amount: amount(text), from }, z.object({ number: z.string() }))).number,
    hasConsumed: (customer, text) => tell('consumed', { partnerId, customerId: customer.id, amount: amount(text) }),
    hasToppedUpItself: (customer, text) => tell('ownTopUp', { partnerId, customerId: customer.id, amount: amount(text) }),
    hasFacts: (customer, facts) => tell('facts', { partnerId, customerId: customer.id, ...Object.fromEntries(Object.entries(facts).map(([name, text]) => [name, amount(text)])) }),
    becomesReferral: (customer) => tell('referral', { partnerId, customerId: customer.id }),
    sessionsEnd: () => tell('endSessions', { partnerId }),
    balance: (kind = 'top-up') => balanceWhere((one) => one.kind === kind),
    balanceOf: (customer) => balanceWhere((one) => one.kind === 'customer' && one.ownerId === customer.id),
    logged: async (operation) => (await state()).log.filter((entry) => entry.operation === operation),
  }
}

function postOf(read: (to: string) => Promise<string[]>): Post {
  const taken = new Set<string>()
  const newest = async (to: string) => (await read(to))[0] ?? ''
  return {
    newest,
    async nextCode(to) {
      let code = ''
      await expect.poll(async () => {
        code = /\b(\d{6})\b/.exec(await newest(to))?.[1] ?? ''
        return code !== '' && !taken.has(code)
      }, `a new code for ${to}`).toBe(true)
      taken.add(code)
      return code
    },
  }
}

function amount(text: string) {
  const parsed = parseAmount(text)
  if (!parsed) throw new Error(`${text} is no amount`)
  return parsed
}
