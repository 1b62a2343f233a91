import { openAsBlob } from 'node:fs'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { PaymentState } from '#contract/incentive-payments.ts'
import { FeedbackState, StatementState } from '#contract/incentives.ts'
import { InvitationState } from '#contract/invites.ts'
import type { PartnerType } from '#contract/people.ts'
import { ProspectState } from '#contract/prospects.ts'
import { QualificationKind, SpecialistState } from '#contract/specialists.ts'
import { isPassword } from '#server/auth/password.ts'
import { configureSealing } from '#server/auth/seal.ts'
import { readSecrets } from '#server/auth/secrets.ts'
import { readSums } from '#server/features/incentives/bars.ts'
import { barsOf } from '#server/features/incentives/rules.ts'
import { findSpecialists, readKept } from '#server/features/specialists/store.ts'
import { openEmbedded, openPostgres, type Engine } from '#server/db/open.ts'
import { list, sql } from '#server/db/query.ts'
import { createDatabase, type Database } from '#server/db/transaction.ts'
import { createLicenceReader } from '#server/licences/reader.ts'
import { isCreditCode } from '#server/licences/credit-code.ts'
import { findWords } from '#server/licences/words.ts'
import { findMismatches } from '#server/ledger/invariants.ts'
import { readPayable, stateAt } from '#server/operations/incentive-payable.ts'
import { invitationState, prospectState, withMail } from '#server/operations/invite-state.ts'
import { createTestDatabase } from '#server/testing/postgres.ts'
import { uuidFrom } from './demo-ids.ts'
import { demoCustomerAccounts, demoSignedCustomer } from './demo-invites.ts'
import { demoSpecialistAccounts } from './demo-specialists.ts'
import { demoPartners, demoPassword } from './demo-people.ts'
import { seedDemo } from './demo.ts'

const now = new Date('2026-11-15T10:00:00Z')
const partnerIds = demoPartners.map(({ account }) => uuidFrom(`partner ${account}`))
const [demoId = ''] = partnerIds
const secrets = readSecrets({ CODE_SECRET: 'c'.repeat(40), SEAL_SECRET: 's'.repeat(40), CSRF_SECRET: 'f'.repeat(40) }, undefined)

configureSealing(secrets.seal)

const closings: (() => Promise<void>)[] = []
let database: Database
let isSeeded: boolean
// What the tests read takes much longer to make than to read.
beforeAll(async () => {
  database = await openEmpty()
  isSeeded = await seedDemo(database, now, secrets)
})
afterAll(async () => {
  for (const close of closings.toReversed()) await close()
})

async function openEmpty(): Promise<Database> {
  const engine = await openEngine()
  closings.push(() => engine.close())
  return createDatabase(engine)
}

async function openEngine(): Promise<Engine> {
  if (inject('engine') === 'embedded') return await openEmbedded(undefined, await openAsBlob(inject('embeddedTemplate')))
  const { url, drop } = await createTestDatabase(inject('postgresUrl'))
  closings.push(drop)
  return openPostgres(url, { poolMax: 4, onError: () => undefined })
}

test('the demo is seeded once, its books agree to the cent and its operation log is one unbroken chain', async () => {
  expect(isSeeded).toBe(true)
  expect(await seedDemo(database, now, secrets)).toBe(false)
  await database.inTenant(partnerIds, async (tx) => {
    expect(await findMismatches(tx)).toEqual([])
    const [counts] = await tx.rows<{ customers: number; lots: number; reclaims: number; days: number; withMoney: number; reducible: number }>(sql`
      select (select count(*)::int from customers c where c.partner_id = ${demoId}) as customers, (select count(*)::int from lots l where l.partner_id = ${demoId}) as lots,
        (select count(*)::int from adjustments j where j.partner_id = ${demoId} and j.kind = 'reclaim') as reclaims,
        (select extract(day from max(j.at) - min(j.at))::int from adjustments j where j.partner_id = ${demoId}) as days,
        (select count(*)::int from accounts a where a.partner_id = ${demoId} and a.kind = 'customer' and a.balance > 0) as "withMoney",
        (select count(*)::int from customers c join accounts a on a.partner_id = c.partner_id and a.id = c.account_id where c.partner_id = ${demoId} and c.held > 0 and c.held < a.balance) as reducible`)
    expect(counts?.customers).toBe(240)
    expect(counts?.lots).toBeGreaterThan(500)
    expect(counts?.reclaims).toBeGreaterThan(30)
    expect(counts?.days).toBeGreaterThan(330)
    expect(counts?.withMoney).toBeGreaterThan(100)
    expect(counts?.reducible).toBeGreaterThan(0)
    const [owned] = await tx.rows(sql`select (select sum(d.amount) from expenditure_days d where d.partner_id = ${demoId}) = (select sum(e.amount) from expenditures e where e.partner_id = ${demoId}) as "isSame",
      (select array_agg(state order by state) from handovers where partner_id = ${demoId}) as handovers, (select count(*)::int from assignments a where a.partner_id = ${demoId} and a.ended_at is not null) as ended,
      (select count(*)::int from assignments a join assignments b on b.partner_id = a.partner_id and b.customer_id = a.customer_id and b.id <> a.id and b.counts_from between a.counts_from and coalesce(a.counts_to, 'infinity') where a.partner_id = ${demoId}) as overlaps`)
    expect(owned).toEqual({ isSame: true, handovers: ['DONE', 'PLANNED'], ended: 9, overlaps: 0 })
    const broken = await tx.rows(sql`select l.seq from log_entries l left join log_entries b on b.partner_id = l.partner_id and b.seq = l.seq - 1
      where l.hash <> sha256(l.previous_hash || convert_to(log_entry_text(l), 'UTF8')) or l.seq > 1 and l.previous_hash is distinct from b.hash`)
    expect(broken).toEqual([])
    const [order] = await tx.rows<{ backwards: number }>(sql`select count(*)::int as backwards from log_entries l join log_entries b on b.partner_id = l.partner_id and b.seq = l.seq - 1 where l.at < b.at`)
    expect(order?.backwards).toBe(0)
    const late = await tx.rows(sql`select r.number from (select number, at, lag(at) over (order by seq) as before from coupon_records where partner_id = ${uuidFrom('partner delta')}::uuid) r where r.at < r.before - interval '1 hour'`)
    expect(late).toEqual([])
  })
})

test('everybody in the demo but the invited one has the same password, and the month-to-date figure is the sum of the month', async () => {
  const hashes = await database.inGlobal((tx) => tx.rows<{ account: string; login: string; password_hash: string }>(sql`select account, login, password_hash from logins`))
  expect(hashes).toHaveLength(demoPartners.flatMap(({ members }) => members).length)
  const [invited, others] = [hashes.filter(({ login }) => login === 'operator.bai'), hashes.filter(({ login }) => login !== 'operator.bai')]
  expect(new Set(others.map(({ password_hash }) => password_hash)).size).toBe(1)
  expect(await isPassword(demoPassword, others[0]?.password_hash)).toBe(true)
  expect([invited.length, await isPassword(demoPassword, invited[0]?.password_hash)]).toEqual([1, false])
  await database.inTenant(partnerIds, async (tx) => {
    expect(await tx.rows(sql`select c.number from customers c left join expenditures e on e.partner_id = c.partner_id and e.customer_id = c.id and e.month = '2026-11-01' where c.month_expenditure <> coalesce(e.amount, 0)`)).toEqual([])
  })
})

test('a partner of the demo whose type moves no money has never moved any', async () => {
  const moved = await database.inTenant(partnerIds, (tx) => tx.rows<{ type: PartnerType }>(sql`select distinct p.type from adjustments a join partners p on p.id = a.partner_id order by p.type`))
  expect(moved.map(({ type }) => type)).toEqual(['CSP', 'DISTRIBUTOR', 'RESELLER'])
})

test('an installation where somebody works is left alone', async () => {
  const other = await openEmpty()
  await other.inGlobal((tx) => tx.run(sql`insert into partners (id, account, name, type, state, verification_on, time_zone, created_at) values (${uuidFrom('somebody')}::uuid, 'somebody', 'Somebody', 'CSP', 'ACTIVE', true, 'Asia/Shanghai', ${now}::timestamptz)`))
  expect(await seedDemo(other, now, secrets)).toBe(false)
  expect(await other.inGlobal((tx) => tx.rows(sql`select account from partners`))).toEqual([{ account: 'somebody' }])
})

test('prospects and invitations of every state and several causes can be found, and the customers of the docs can sign in', async () => {
  await database.inTenant(demoId, async (tx) => {
    const all = async (query: ReturnType<typeof sql>) => (await tx.rows<{ one: string }>(query)).map(({ one }) => one)
    expect(await all(sql`select distinct ${prospectState(now)} as one from prospects p where p.partner_id = ${demoId} order by 1`)).toEqual(ProspectState.options.toSorted())
    expect(await all(sql`select distinct ${invitationState(now)} as one from invitations i ${withMail} where i.partner_id = ${demoId} order by 1`)).toEqual(InvitationState.options.toSorted())
    expect((await all(sql`select distinct cause as one from invitations where partner_id = ${demoId} and cause is not null`)).length).toBeGreaterThanOrEqual(4)
    expect(await all(sql`select distinct kind as one from invite_links where partner_id = ${demoId} order by 1`)).toEqual(['ACTIVITY', 'CUSTOM', 'GENERAL'])
    // Nobody else in the demo has their numbers, so that signing in with them works and a reservation is of one.
    const mobiles = demoCustomerAccounts.map(({ mobile }) => mobile)
    expect(await tx.rows(sql`select mobile from cloud_accounts where mobile = any(${list(mobiles)}::text[])`)).toHaveLength(mobiles.length)
  })
  const signIn = await database.inGlobal((tx) => tx.rows<{ name: string; password_hash: string; partner_id: string | null }>(sql`select name, password_hash, partner_id from cloud_accounts where password_hash is not null`))
  expect(signIn.map(({ name }) => name).toSorted()).toEqual([...demoCustomerAccounts.map(({ name }) => name), ...demoSpecialistAccounts.map(({ name }) => name), demoSignedCustomer.name].toSorted())
  for (const { password_hash: hash } of signIn) expect(await isPassword(demoPassword, hash)).toBe(true)
  expect(signIn.filter(({ partner_id: partner }) => partner !== null)).toMatchObject([{ name: demoSignedCustomer.name, partner_id: demoId }])
})

test('the demo has a project specialist in each state, and one whose qualifications can be read', async () => {
  await database.inTenant(demoId, async (tx) => {
    const { rows } = await findSpecialists(tx, now, demoId, { filter: {}, sort: '-invitedAt', lookUp: undefined }, { offset: 0, limit: 100 })
    expect(rows.map(({ state }) => state).toSorted()).toEqual(SpecialistState.options.toSorted())
    const bound = rows.find(({ state }) => state === 'BOUND')
    const kept = await readKept(tx, bound?.accountId ?? '')
    expect([kept?.specialistId, new Set(kept?.items.map(({ kind }) => kind))]).toEqual([bound?.id, new Set(QualificationKind.options)])
    const active = await tx.rows(sql`select s.state from specialist_accounts a join specialists s on s.id = a.specialist_id where a.is_active order by 1`)
    expect(active).toEqual([{ state: 'BOUND' }, { state: 'UNDER_REVIEW' }])
  })
})

test('the partner of the demo has a company under review with its history, a licence that can be read, cases in each state and papers', async () => {
  await database.inTenant(partnerIds, async (tx) => {
    const changes = await tx.rows<{ partner: string; state: string }>(sql`select p.account as partner, h.state from company_changes h join partners p on p.id = h.partner_id order by p.account, h.at`)
    expect(changes.map(({ partner, state }) => `${partner} ${state}`)).toEqual(['beacon REJECTED', 'demo APPROVED', 'demo WITHDRAWN', 'demo REJECTED', 'demo UNDER_REVIEW'])
    const codes = await tx.rows<{ code: string }>(sql`select credit_code as code from companies`)
    expect(codes.filter(({ code }) => !isCreditCode(code))).toEqual([])
    const [licence] = await tx.rows<{ content: Uint8Array }>(sql`select f.content from files f join company_changes h on h.partner_id = f.partner_id and h.licence_id = f.id where h.state = 'UNDER_REVIEW' and h.partner_id = ${demoId}`)
    const read = await createLicenceReader().read('image/png', Buffer.from(licence?.content ?? []))
    expect(read?.state === 'read' && findWords(read.text)).toEqual({ name: '杭州青屿数科有限公司', creditCode: '91330108MA2QYHK8XB', representative: '陈屿安', address: '杭州市滨江区青屿路66号3幢1201室' })
    const [papers] = await tx.rows(sql`select (select array_agg(state order by state) from cases where partner_id = ${demoId}) as cases, (select count(*)::int from partner_agreements where partner_id = ${demoId}) as agreements,
      (select count(*)::int from files where partner_id = ${demoId} and type = 'application/pdf' and is_kept) as documents, (select is_taken_over from customer_notices where partner_id = ${demoId}) as "takenOver"`)
    expect(papers).toEqual({ cases: ['APPROVED', 'REJECTED', 'UNDER_REVIEW'], agreements: 3, documents: 10, takenOver: true })
  })
}, 120_000)

test('the demo has incentive statements of eighteen months in every state, and what is frozen, asked and negative among them; its bars add up', async () => {
  await database.inTenant(demoId, async (tx) => {
    const all = async (query: ReturnType<typeof sql>) => (await tx.rows<{ one: string }>(query)).map(({ one }) => one)
    expect(await all(sql`select distinct ${stateAt(now)} as one from incentive_statements s join incentive_programs p on p.id = s.program_id where s.partner_id = ${demoId} order by 1`)).toEqual(StatementState.options.toSorted())
    expect(await all(sql`select distinct state as one from incentive_feedbacks where partner_id = ${demoId} order by 1`)).toEqual(FeedbackState.options.toSorted())
    const [counts] = await tx.rows(sql`select count(distinct s.period)::int as months, count(*) filter (where s.is_negative)::int as negative, count(*) filter (where s.frozen > 0)::int as frozen, count(distinct s.program_id)::int as programs from incentive_statements s where s.partner_id = ${demoId}`)
    expect(counts).toEqual({ months: 19, negative: 2, frozen: 3, programs: 5 })
    // None that still waits is over, whenever the demo is seeded.
    expect(await all(sql`select number as one from incentive_statements where partner_id = ${demoId} and state = 'PENDING_CONFIRMATION' and confirm_until <= ${now}::timestamptz`)).toEqual([])
    const { bars, payable } = barsOf(await readSums(tx, now, { partner: { id: demoId, account: 'demo', name: '', type: 'CSP', state: 'ACTIVE', verificationOn: true, requiredOperations: [], timeZone: 'Asia/Shanghai' } }))
    expect(payable).toBe((await readPayable(tx, now, demoId)).reduce((sum, one) => sum + one.payable, 0n))
    // Payment requests in every state agree with the statements, and three partners are at different steps of their certification.
    expect(await all(sql`select distinct state as one from payment_requests where partner_id = ${demoId} order by 1`)).toEqual(PaymentState.options.toSorted())
    expect(await all(sql`select number as one from payment_requests where state_at > now()`)).toEqual([])
    expect(await all(sql`select s.number as one from incentive_statements s where s.partner_id = ${demoId} and (s.requested <> coalesce((select sum(i.amount) from payment_items i where i.partner_id = s.partner_id and i.statement_id = s.id and i.is_open), 0)
      or s.paid <> coalesce((select sum(i.amount) from payment_items i join payment_requests r on r.partner_id = i.partner_id and r.id = i.request_id where i.partner_id = s.partner_id and i.statement_id = s.id and r.state = 'COMPLETED'), 0))`)).toEqual([])
    expect([payable > 0n, bars.filter(({ amount }) => amount === 0n).map(({ key }) => key)]).toEqual([true, ['carried']])
  })
  const certified = await database.inTenant(partnerIds, (tx) => tx.rows<{ account: string; state: string }>(sql`select p.account, b.state from businesses b join partners p on p.id = b.partner_id where b.partner_id = any(${list(partnerIds)}::uuid[]) order by 1`))
  expect(certified).toEqual([{ account: 'beacon', state: 'UNDER_REVIEW' }, { account: 'demo', state: 'CERTIFIED' }, { account: 'harbor', state: 'TEST_PAYMENT' }])
  expect(await database.inTenant(partnerIds, findMismatches)).toEqual([])
})

test('the demo has coupons and quotas of every state, over most of a year, and delivery coupons of a government-cloud partner', async () => {
  await database.inTenant(partnerIds, async (tx) => {
    expect(await findMismatches(tx)).toEqual([])
    const coupons = await tx.rows<{ account: string; kind: string; states: string[]; count: number; days: number }>(sql`
      select p.account, k.kind, array_agg(distinct k.state order by k.state) as states, count(*)::int as count, extract(day from max(k.issued_at) - min(k.issued_at))::int as days from coupons k join partners p on p.id = k.partner_id where p.account in ('demo', 'govcloud') group by 1, 2 order by 1, 2`)
    expect(coupons).toMatchObject([{ account: 'demo', kind: 'DELIVERY', count: 3 }, { account: 'demo', kind: 'VOUCHER', count: 64, states: ['ACTIVE', 'EXPIRED', 'INACTIVE', 'RECLAIMED', 'USED'] }, { account: 'govcloud', kind: 'DELIVERY', count: 64 }])
    expect(coupons[1]?.days).toBeGreaterThan(240)
    const states = await tx.rows<{ state: string }>(sql`select distinct case when q.withdrawn_at is not null then 'RECLAIMED' when ${now}::timestamptz < q.valid_from then 'NOT_STARTED' when q.left_over = 0 then 'USED_UP' when ${now}::timestamptz >= q.valid_to then 'EXPIRED' else 'ACTIVE' end as state
      from coupon_quotas q where q.partner_id = ${demoId} order by 1`)
    expect(states.map(({ state }) => state)).toEqual(['ACTIVE', 'EXPIRED', 'NOT_STARTED', 'RECLAIMED', 'USED_UP'])
  })
})
