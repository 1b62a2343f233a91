import * as z from 'zod/mini'
import { sql } from '#server/db/query.ts'
import type { Database } from '#server/db/transaction.ts'
import { assign } from '#server/operations/assign.ts'
import { signIn, type ConsoleClient } from '#server/testing/console-client.ts'
import { makeLoadPartner, type LoadPartner } from '#server/testing/load-partner.ts'
import { median } from './figures.ts'
import { forgetLookUps } from './lists.ts'

export const couponSizes = [2_000, 200_000] as const
const kind = 'VOUCHER'
type View = { body: unknown; /** Who asks; the administrator otherwise. */ manager?: true; /** A coupon is used before each read, so that nothing summed before holds. */ afterUse?: true }
const expiry = { expiryFrom: '2026-01-01', expiryTo: '2099-12-31' }
const views: Record<string, View> = {
  'default view': { body: { filter: { kind } } }, 'active ones': { body: { filter: { kind, state: 'ACTIVE' } } }, 'one quota': { body: { filter: { kind, quotaNumber: 'CQ000000000003' } } },
  'ending within a week': { body: { filter: { kind, endsSoon: true } } }, 'by expiry': { body: { filter: { kind }, sort: 'validUntil' } }, 'by balance': { body: { filter: { kind }, sort: '-balance' } }, 'page 50': { body: { filter: { kind }, page: 50, pageSize: 20 } },
  'one customer by number': { body: { filter: { kind, customerNumber: '4000000001' } } },
  'a part that every name has': { body: { filter: { kind }, lookup: { name: '桥科' } } }, 'a part that every second has': { body: { filter: { kind }, lookup: { name: '南方' } } }, 'a part that 1 % have': { body: { filter: { kind }, lookup: { name: '北极' } } },
  'a part that every name has, and an expiry range': { body: { filter: { kind, ...expiry }, lookup: { name: '桥科' } } }, 'the same by expiry': { body: { filter: { kind, ...expiry }, lookup: { name: '桥科' }, sort: 'validUntil' } },
  'an account manager': { manager: true, body: { filter: { kind } } }, 'an account manager, by balance': { manager: true, body: { filter: { kind }, sort: '-balance' } }, 'an account manager, a part that every name has': { manager: true, body: { filter: { kind }, lookup: { name: '桥科' } } },
  'a part that every name has, first read after a use': { afterUse: true, body: { filter: { kind }, lookup: { name: '桥科' } } }, 'an account manager, first read after a use': { afterUse: true, manager: true, body: { filter: { kind } } },
}
/** Customers of each account manager: as many managers as a partner of that size would have. */
const customersOfOne = { 2_000: 50, 200_000: 500 } as const
export type CouponFigure = { view: string; /** Medians in milliseconds. */ small: number; large: number; smallTotal: number; largeTotal: number }

const accountOf = (coupons: number) => `coupons-${coupons}`

/** A partner of each size, with vouchers of the last year in every state. Written past the ledger, so its check finds them: only reads are measured here. */
export async function makeCouponPartners(database: Database): Promise<void> {
  for (const coupons of couponSizes) {
    const partner = await makeLoadPartner(database, { account: accountOf(coupons), members: 2, customers: coupons / 10, topUpMinor: 1_00n, nameOf: (place) => `青屿云桥科技${place % 2 === 0 ? '南方' : ''}${place % 100 === 1 ? '北极' : ''}有限公司` })
    await assignSome(database, partner, customersOfOne[coupons])
    await fill(database, partner, coupons)
  }
}

/** Makes the second person the account manager of so many customers. */
async function assignSome(database: Database, partner: LoadPartner, customers: number): Promise<void> {
  const managerId = partner.members[1]?.id ?? null
  const step = partner.customers.length / customers
  await database.inTenant(partner.id, async (tx, now) => {
    await tx.run(sql`update members set roles = array['manager'] where partner_id = ${partner.id} and id = ${managerId}`)
    await assign(tx, now, { partnerId: partner.id, customerIds: partner.customers.filter((_, place) => place % step === 0).map(({ id }) => id), managerId, by: 'vendor', memberId: null })
  })
}

async function fill(database: Database, partner: LoadPartner, coupons: number): Promise<void> {
  await database.inTenant(partner.id, async (tx, now) => {
    await tx.raw('set local statement_timeout = 0')
    await tx.run(sql`create temporary table seeded on commit drop as select n, gen_random_uuid() as id, gen_random_uuid() as account_id from generate_series(1, ${coupons}::int + 20) n`)
    await tx.run(sql`insert into accounts (partner_id, id, kind, owner_id, currency, balance, overdraft) select ${partner.id}::uuid, s.account_id, case when s.n > ${coupons}::int then 'quota' else 'coupon' end, s.id, 'CNY.coupon', 0, 0 from seeded s`)
    await tx.run(sql`insert into coupon_quotas (partner_id, id, number, kind, source, granted, withdrawn, issued, returned, left_over, account_id, valid_from, valid_to, invoice_recipient, created_at)
      select ${partner.id}::uuid, s.id, 'CQ' || lpad((s.n - ${coupons}::int)::text, 12, '0'), 'VOUCHER', 'vendor', 100000000, 0, 0, 0, 100000000, s.account_id, ${now}::timestamptz - interval '1 year', ${now}::timestamptz + interval '1 year', 'PARTNER', ${now}::timestamptz from seeded s where s.n > ${coupons}::int`)
    await tx.run(sql`insert into coupons (partner_id, id, number, kind, customer_id, account_id, quota_id, face_value, balance, used, returned, lapsed, min_order, state, issued_at, valid_until, ended_at, remark)
      select ${partner.id}::uuid, s.id, 'CP' || lpad(s.n::text, 12, '0'), 'VOUCHER', c.id, s.account_id, q.id, 10000, case when f.state = 'ACTIVE' then 10000 else 0 end, case when f.state = 'USED' then 10000 else 0 end, case when f.state in ('EXPIRED','RECLAIMED') then 10000 else 0 end, 0, 0,
          f.state, ${now}::timestamptz - s.n % 365 * interval '1 day' - s.n * interval '1 second', date_trunc('day', ${now}::timestamptz) + ((s.n % 200) - case when f.state = 'EXPIRED' then 201 else -1 end) * interval '1 day', case when f.state <> 'ACTIVE' then ${now}::timestamptz end, ''
        from seeded s cross join lateral (select (array['ACTIVE','USED','EXPIRED','RECLAIMED'])[1 + s.n % 4] as state) f
        join (select id, row_number() over (order by id)::int as place from customers where partner_id = ${partner.id}) c on c.place = 1 + s.n % ${coupons / 10}::int
        join (select id, row_number() over (order by number)::int as place from coupon_quotas where partner_id = ${partner.id}) q on q.place = 1 + s.n % 20 where s.n <= ${coupons}::int`)
  })
  await database.engine.query('analyze coupons, customers, coupon_totals, customer_grams')
}

const List = z.object({ total: z.int() })

async function read(client: ConsoleClient, body: unknown): Promise<number> {
  const { status, text } = await client.send('POST', '/api/coupons/query', body)
  if (status !== 200) throw new Error(`the coupons were answered ${status}: ${text}`)
  return List.parse(JSON.parse(text)).total
}

/** Uses a cent of one coupon of each partner. */
async function spendACent(database: Database): Promise<void> {
  for (const coupons of couponSizes) {
    const [partner] = await database.inGlobal((tx) => tx.rows<{ id: string }>(sql`select id from partners where account = ${accountOf(coupons)}`))
    const id = partner?.id ?? ''
    await database.inTenant(id, (tx) => tx.run(sql`update coupons set balance = balance - 1, used = used + 1 where partner_id = ${id} and number = (select max(number) from coupons where partner_id = ${id} and state = 'ACTIVE' and balance > 1)`))
  }
}

/** @param samples reads per view and size, in turns. */
export async function measureCoupons(database: Database, url: string, samples: number): Promise<CouponFigure[]> {
  const password = 'load-partner-password'
  const enter = (member: string) => Promise.all(couponSizes.map((coupons) => signIn(url, { account: accountOf(coupons), member, password })))
  const people = { administrator: await enter('p1'), manager: await enter('p2') }
  const figures: CouponFigure[] = []
  for (const [view, { body, manager, afterUse }] of Object.entries(views)) {
    const [small, large] = people[manager ? 'manager' : 'administrator']
    if (!small || !large) throw new Error('nobody signed in')
    const times = { small: Array.of<number>(), large: Array.of<number>() }
    const totals = { small: 0, large: 0 }
    for (let sample = -5; sample < samples; sample++) {
      if (sample % 20 === 0) await forgetLookUps(database)
      if (afterUse) await spendACent(database)
      for (const [size, client] of [['small', small], ['large', large]] as const) {
        const from = performance.now()
        totals[size] = await read(client, body)
        if (sample >= 0) times[size].push(performance.now() - from)
      }
    }
    figures.push({ view, small: median(times.small), large: median(times.large), smallTotal: totals.small, largeTotal: totals.large })
  }
  for (const client of Object.values(people).flat()) client.close()
  return figures
}
