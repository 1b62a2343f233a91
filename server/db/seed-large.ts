import { createHash } from 'node:crypto'
import { writeLog } from '#server/audit/write.ts'
import { hashPassword } from '#server/auth/password.ts'
import { dayPart, nextNumber } from '#server/ledger/numbers.ts'
import { json, list, sql, type SQL } from './query.ts'
import { brands, companyForms, familyNames, places, tags, trades } from './seed-words.ts'
import type { Database, Tx } from './transaction.ts'

export type LargePartner = {
  /** The name the partner signs in with; must not exist yet. */
  account: string
  /** As shown in the console. */
  name?: string
  customers: number
  /** Of every member. */
  password: string
  /** Account managers, under one director; most customers have one of them. By default 8. */
  managers?: number
}

/** How many customers one allocation or settlement covers. */
const batchSize = 50
const timeZone = 'Asia/Shanghai'

/** Makes a partner with many customers in few statements: people, customers, and for three of four customers an allocation and what was spent of it,
 *  so that every balance has its entries and lots. The same account and number give the same names and ids.
 *  Writes balances itself, because the ledger posts one transfer at a time; findMismatches must find nothing afterwards.
 *  @returns the partner's id and who can sign in. Refuses an account that exists by throwing. */
export async function seedLarge(database: Database, { account, name = '远汀数科', customers, password, managers = 8 }: LargePartner): Promise<{ partnerId: string; logins: string[] }> {
  const partnerId = idFrom(`${account} partner`)
  const passwordHash = await hashPassword(password)
  return await database.inTenant(partnerId, async (tx, now) => {
    await tx.raw('set local statement_timeout = 0')
    const [taken] = await tx.rows(sql`select 1 from partners where account = ${account}`)
    if (taken) throw new Error(`the account ${account} exists`)
    await tx.run(sql`insert into partners (id, account, name, type, state, verification_on, time_zone, ecosystem_name, ecosystem_mobile, ecosystem_email, created_at)
      values (${partnerId}::uuid, ${account}, ${name}, 'CSP', 'ACTIVE', true, ${timeZone}, '苏晚晴', '+8610090010001', 'su.wanqing@vendor.example', ${now}::timestamptz)`)
    const logins = await insertMembers(tx, now, account, partnerId, passwordHash, managers)
    const scale = { account, partnerId, customers, managers, day: dayPart(now, timeZone) }
    await insertAccounts(tx, scale)
    for (let from = 1; from <= customers; from += 20_000) await insertCustomers(tx, now, scale, from, Math.min(from + 19_999, customers))
    await insertExpenditures(tx, now, scale)
    await insertTopUp(tx, now, scale)
    await insertAllocations(tx, now, scale)
    await insertSettlements(tx, now, scale)
    await settleAccounts(tx, scale)
    await writeLog(tx, now, { partnerId, memberId: null, name: null, source: 'vendor' }, { id: idFrom(`${account} seed`), address: '', agent: 'seed', locale: 'zh-CN' }, [{ operation: 'partner.created', objectKind: 'partner', objectNumber: account, details: { customers } }])
    return { partnerId, logins }
  })
}

type Scale = { account: string; partnerId: string; customers: number; managers: number; /** As numbers carry it. */ day: string }

/** The same name gives the same id, and SQL makes the same ids from the same texts. */
const idFrom = (text: string): string => {
  const hex = createHash('md5').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-')
}
const sqlId = ({ account }: Scale, kind: string, i: SQL): SQL => sql`overlay(overlay(md5(${`${account} ${kind} `}::text || ${i}) placing '8' from 13) placing '8' from 17)::uuid`

/** A number that looks random, from 0 to below `bound`, the same for the same customer and purpose. */
const draw = (purpose: number, bound: number): SQL => sql`((hashint4(i * 31 + ${purpose}::int)::bigint & 2147483647) % ${bound}::bigint)::int`
const pick = (purpose: number, words: readonly string[]): SQL => sql`(${list(words)}::text[])[1 + ${draw(purpose, words.length)}]`

// Three of four customers are resale and have money. Minor units: a few customers have much, most have little.
const isResale = sql`i % 4 <> 0`
const granted = sql`((1 + ${draw(1, 1600)} * ${draw(2, 1600)} / 5000)::bigint * 10000)`
const spent = sql`case when i % 5 < 3 then (${granted} * ${draw(3, 95)} / 100) else 0 end`
const batchOf = sql`((i - 1) / ${batchSize}::int)`

async function insertMembers(tx: Tx, now: Date, account: string, partnerId: string, passwordHash: string, managers: number): Promise<string[]> {
  const director = idFrom(`${account} member director`)
  const people = [
    { login: '', role: 'administrator', director: null }, { login: 'director', role: 'director', director: null },
    ...Array.from({ length: managers }, (_, index) => ({ login: `manager.${index + 1}`, role: 'manager', director })),
  ].map(({ login, ...person }, index) => {
    const [family = '', latin = ''] = familyNames[index % familyNames.length] ?? []
    return { ...person, login, id: idFrom(`${account} member ${login}`), name: `${family}知微`, mobile: `+86100${String(70_000_000 + index)}`, email: `${latin}@yuanting.example` }
  })
  await tx.run(sql`insert into members (partner_id, id, login, name, mobile, email, mobile_verified, email_verified, roles, role_since, extra_permissions, removed_permissions, director_id, language, state, created_at)
    select ${partnerId}::uuid, m.id, m.login, m.name, m.mobile, m.email, true, true, array[m.role], jsonb_build_object(m.role, ${now.toISOString()}::text), case when m.role = 'manager' then array['funds.allocate', 'funds.reclaim'] else '{}' end, '{}', m.director, 'zh-CN', 'ACTIVE', ${now}::timestamptz
      from jsonb_to_recordset(${json(people)}) as m(id uuid, login text, name text, mobile text, email text, role text, director uuid)`)
  await tx.run(sql`insert into logins (account, login, password_hash, partner_id, member_id, password_set_at)
    select ${account}, m.login, ${passwordHash}, ${partnerId}::uuid, m.id, ${now}::timestamptz from jsonb_to_recordset(${json(people)}) as m(id uuid, login text)`)
  return people.map(({ login }) => login)
}

async function insertAccounts(tx: Tx, scale: Scale): Promise<void> {
  await tx.run(sql`insert into accounts (partner_id, id, kind, owner_id, currency, balance, overdraft)
    select ${scale.partnerId}::uuid, ${sqlId(scale, 'account', sql`k`)}, k, null, case k when 'coupon-outside' then 'CNY.coupon' else 'CNY' end, 0, case when k in ('outside', 'coupon-outside') then null when k = 'credit' then 100000000 else 0 end from unnest(array['outside', 'top-up', 'credit', 'rebate', 'coupon-outside']) k`)
  await tx.run(sql`insert into accounts (partner_id, id, kind, owner_id, currency, balance, overdraft)
    select ${scale.partnerId}::uuid, ${sqlId(scale, 'customer-account', sql`i`)}, 'customer', ${sqlId(scale, 'customer', sql`i`)}, 'CNY', case when ${isResale} then ${granted} - ${spent} else 0 end, 0 from generate_series(1, ${scale.customers}::int) i
    union all select ${scale.partnerId}::uuid, ${sqlId(scale, 'own-account', sql`i`)}, 'own', ${sqlId(scale, 'customer', sql`i`)}, 'CNY', 0, 0 from generate_series(1, ${scale.customers}::int) i`)
}

/** In the order of association: the first came three years ago, the last yesterday. */
const associatedAt = (now: Date, customers: number): SQL => sql`(${now}::timestamptz - interval '1 day' - interval '1095 days' * (${customers}::int - i) / ${customers}::int)`

async function insertCustomers(tx: Tx, now: Date, scale: Scale, from: number, to: number): Promise<void> {
  const latin = (words: readonly (readonly [string, string])[]) => words.map(([, spelling]) => spelling)
  const text = (words: readonly (readonly [string, string])[]) => words.map(([word]) => word)
  const managerIds = Array.from({ length: scale.managers }, (_, index) => idFrom(`${scale.account} member manager.${index + 1}`))
  await tx.run(sql`insert into customers (partner_id, id, number, name, account_name, mobile, email, language, association_type, associated_at, manager_id, tag, state, freeze_cause, frozen_at, month_expenditure,
      held, unsettled, arrears, budget_type, budget_amount, budget_used, budget_when_used_up, next_expiry, account_id, own_account_id)
    select ${scale.partnerId}::uuid, ${sqlId(scale, 'customer', sql`i`)}, (3000000000 + i::bigint * 9973)::text,
      ${pick(11, text(places))} || ${pick(12, text(brands))} || ${pick(13, trades)} || ${pick(14, companyForms)},
      left(${pick(11, latin(places))}, 2) || ${pick(12, latin(brands))} || lpad(to_hex(i), 5, '0'),
      case when ${draw(15, 100)} >= 6 then '+86100' || lpad(${draw(16, 100_000_000)}::text, 8, '0') end,
      case when ${draw(17, 100)} >= 10 then 'it' || to_hex(i) || '@' || ${pick(12, latin(brands))} || '.example' end,
      'zh-CN', case when ${isResale} then 'RESALE' else 'REFERRAL' end, ${associatedAt(now, scale.customers)},
      case when ${draw(18, 100)} >= 8 then (${list(managerIds)}::uuid[])[1 + ${draw(19, scale.managers)}] end,
      case when ${draw(20, 100)} < 50 then ${pick(21, tags)} else '' end,
      s.state, case when s.state = 'NORMAL' then null when i % 2 = 0 then 'MANUAL' else 'BUDGET' end, case when s.state <> 'NORMAL' then ${now}::timestamptz - interval '1 day' * (1 + ${draw(22, 13)}) end,
      ${monthly}, case when ${isResale} and ${draw(23, 100)} < 4 then 50000 else 0 end, case when ${isResale} and ${draw(24, 100)} < 6 then 12345 else 0 end, case when ${isResale} and ${draw(25, 100)} < 3 then 68000 else 0 end,
      b.type, case when b.type is not null then ${monthly} + 10000 + ${draw(26, 400)}::bigint * 10000 end, case when b.type is not null then ${monthly} else 0 end, case when b.type is not null then 'NOTHING' end,
      case when ${draw(27, 100)} < 70 then ${now}::timestamptz + interval '1 hour' * (30 + ${draw(28, 7000)}) end,
      ${sqlId(scale, 'customer-account', sql`i`)}, ${sqlId(scale, 'own-account', sql`i`)}
    from generate_series(${from}::int, ${to}::int) i
    cross join lateral (select case when ${isResale} and ${draw(29, 100)} < 4 then 'ACCOUNT_FROZEN' when ${isResale} and ${draw(29, 100)} < 6 then 'RESOURCES_FROZEN' else 'NORMAL' end as state) s
    cross join lateral (select case when ${isResale} and ${draw(30, 100)} < 55 then 'MONTHLY' end as type) b
    order by i`)
}

const monthly = sql`(${draw(4, 1500)}::bigint * ${draw(5, 1500)})`

async function insertExpenditures(tx: Tx, now: Date, scale: Scale): Promise<void> {
  await tx.run(sql`insert into expenditures (partner_id, customer_id, month, amount)
    select ${scale.partnerId}::uuid, ${sqlId(scale, 'customer', sql`i`)}, (date_trunc('month', ${now}::timestamptz at time zone ${timeZone}::text) - interval '1 month' * m)::date, ${monthly} + m * 1000
      from generate_series(1, ${scale.customers}::int) i cross join generate_series(0, 2) m where ${monthly} > 0`)
  await tx.run(sql`insert into expenditure_days (partner_id, customer_id, day, amount) select partner_id, customer_id, month, amount from expenditures where partner_id = ${scale.partnerId}::uuid`)
}

/** One batch for every 50 customers, on the day after the last of them came. */
async function insertAllocations(tx: Tx, now: Date, scale: Scale): Promise<void> {
  const { partnerId, customers, day } = scale
  const administrator = idFrom(`${scale.account} member `)
  const topUp = sqlId(scale, 'account', sql`'top-up'`)
  await tx.run(sql`insert into transfers (partner_id, id, number, kind, is_batch, actor_id, proof_id, key_hash, request_id, confirmed_by, reason, at)
    select ${partnerId}::uuid, ${sqlId(scale, 'allocation', sql`b`)}, ${nextNumber('B', 'batch_numbers', day)}, 'allocate', true, ${administrator}::uuid, null, null, ${sqlId(scale, 'request', sql`b`)}::text, 'sms', '', at
      from (select ${batchOf} as b, max(${associatedAt(now, customers)}) + interval '12 hours' as at from generate_series(1, ${customers}::int) i where ${isResale} group by 1 order by 1) batches`)
  const rows = sql`select i, ${granted} as granted, ${spent} as spent, ${batchOf} as b, t.id as transfer_id, t.number as batch_number, t.at
      from generate_series(1, ${customers}::int) i join transfers t on t.partner_id = ${partnerId} and t.id = ${sqlId(scale, 'allocation', batchOf)} where ${isResale}`
  await tx.run(sql`insert into entries (partner_id, transfer_id, account_id, currency, amount, balance_after, at)
    select ${partnerId}::uuid, e.transfer_id, e.account_id, 'CNY', e.amount, e.balance_after, e.at from (
      select i as place, r.transfer_id, ${sqlId(scale, 'customer-account', sql`i`)} as account_id, r.granted as amount, r.granted as balance_after, r.at from (${rows}) r
      union all
      select max(i), r.transfer_id, ${topUp}, -sum(r.granted), sum(sum(r.granted)) over (order by max(i) desc) - sum(r.granted) + ${leftMinor}::bigint, min(r.at) from (${rows}) r group by r.transfer_id
    ) e order by e.place`)
  await tx.run(sql`insert into lots (partner_id, id, number, customer_id, account_id, source_account_id, source, transfer_id, operator_id, granted, spent, reclaimed, remaining, at)
    select ${partnerId}::uuid, ${sqlId(scale, 'lot', sql`i`)}, ${nextNumber('LT', 'lot_numbers', day)}, ${sqlId(scale, 'customer', sql`i`)}, ${sqlId(scale, 'customer-account', sql`i`)}, ${topUp}, 'top-up', r.transfer_id, ${administrator}::uuid,
      r.granted, r.spent, 0, r.granted - r.spent, r.at from (${rows} order by i) r`)
  await tx.run(sql`insert into adjustments (partner_id, id, number, transfer_id, batch_number, customer_id, kind, source, amount, balance_before, balance_after, operator_id, at)
    select ${partnerId}::uuid, ${sqlId(scale, 'adjustment', sql`i`)}, ${nextNumber('TX', 'transaction_numbers', day)}, r.transfer_id, r.batch_number, ${sqlId(scale, 'customer', sql`i`)}, 'allocate', 'top-up', r.granted, 0, r.granted, ${administrator}::uuid, r.at
      from (${rows} order by i) r`)
  await tx.run(sql`insert into lot_moves (partner_id, adjustment_id, lot_id, amount)
    select ${partnerId}::uuid, ${sqlId(scale, 'adjustment', sql`i`)}, ${sqlId(scale, 'lot', sql`i`)}, ${granted} from generate_series(1, ${customers}::int) i where ${isResale}`)
}

/** What the partner's top-up account still holds in the end. */
const leftMinor = 50_000_000_00n

/** Everything that was allocated, and what is left. */
const paidIn = ({ customers }: Scale): SQL => sql`(select coalesce(sum(${granted}), 0)::bigint + ${leftMinor}::bigint from generate_series(1, ${customers}::int) i where ${isResale})`

/** One receipt before everything else. */
async function insertTopUp(tx: Tx, now: Date, scale: Scale): Promise<void> {
  const { partnerId, day } = scale
  const at = sql`(${now}::timestamptz - interval '1097 days')`
  await tx.run(sql`insert into transfers (partner_id, id, number, kind, is_batch, actor_id, proof_id, key_hash, request_id, confirmed_by, reason, at)
    values (${partnerId}::uuid, ${sqlId(scale, 'top-up', sql`1`)}, ${nextNumber('TX', 'transaction_numbers', day)}, 'top_up', false, null, null, null, ${sqlId(scale, 'request', sql`'top-up'`)}::text, 'none', 'bank receipt', ${at})`)
  await tx.run(sql`insert into entries (partner_id, transfer_id, account_id, currency, amount, balance_after, at)
    select ${partnerId}::uuid, ${sqlId(scale, 'top-up', sql`1`)}, ${sqlId(scale, 'account', sql`e.kind`)}, 'CNY', e.way * p.paid, e.way * p.paid, ${at} from (values ('top-up', 1), ('outside', -1)) e(kind, way) cross join (select ${paidIn(scale)} as paid) p`)
}

/** What was spent, settled this morning in transfers of 50 customers. */
async function insertSettlements(tx: Tx, now: Date, scale: Scale): Promise<void> {
  const { partnerId, customers, day } = scale
  const at = sql`${new Date(now.getTime() - 6 * 3_600_000)}::timestamptz`
  const rows = sql`select i, ${granted} as granted, ${spent} as spent, ${batchOf} as b from generate_series(1, ${customers}::int) i where ${isResale} and ${spent} > 0`
  await tx.run(sql`insert into transfers (partner_id, id, number, kind, is_batch, actor_id, proof_id, key_hash, request_id, confirmed_by, reason, at)
    select ${partnerId}::uuid, ${sqlId(scale, 'settlement', sql`b`)}, ${nextNumber('TX', 'transaction_numbers', day)}, 'consume', false, null, null, null, ${sqlId(scale, 'settlement-request', sql`b`)}::text, 'none', 'settlement', ${at} from (select distinct b from (${rows}) r order by b) batches`)
  await tx.run(sql`insert into entries (partner_id, transfer_id, account_id, currency, amount, balance_after, at)
    select ${partnerId}::uuid, ${sqlId(scale, 'settlement', sql`e.b`)}, e.account_id, 'CNY', e.amount, e.balance_after, ${at} from (
      select i as place, b, ${sqlId(scale, 'customer-account', sql`i`)} as account_id, -r.spent as amount, r.granted - r.spent as balance_after from (${rows}) r
      union all
      select max(i), b, ${sqlId(scale, 'account', sql`'outside'`)}, sum(r.spent), sum(sum(r.spent)) over (order by b) - ${paidIn(scale)} from (${rows}) r group by b
    ) e order by e.place`)
}

/** The partner's own balances, which are what the entries say. */
async function settleAccounts(tx: Tx, scale: Scale): Promise<void> {
  await tx.run(sql`update accounts a set balance = s.total from (select account_id, sum(amount) as total from entries where partner_id = ${scale.partnerId} group by account_id) s
    where a.partner_id = ${scale.partnerId} and a.id = s.account_id and a.owner_id is null`)
}
