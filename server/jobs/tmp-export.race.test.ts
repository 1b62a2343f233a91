import { test } from 'vitest'
import { sql } from '#server/db/query.ts'
import { createTestApp } from '#server/testing/app.ts'
import { findCustomers } from '#server/features/customers/find.ts'
import { readCustomers } from '#server/features/customers/store.ts'
import { presentCustomer } from '#server/features/customers/present.ts'
import { maskCompany, maskMobile, maskEmail } from '#server/masking/mask.ts'
import { loadExporter } from '#server/operations/exports-actor.ts'

test('100k', { timeout: 600_000 }, async () => {
  const app = await createTestApp([])
  const partner = await app.newPartner()
  await app.inTenant(partner.id, async (tx, now) => {
    await tx.run(sql`select set_config('statement_timeout','0',true)`)
    await tx.raw('set local role none')
    await tx.run(sql`insert into accounts (partner_id, id, kind, owner_id, currency, balance, overdraft) select ${partner.id}::uuid, md5('a' || i)::uuid, 'customer', md5('c' || i)::uuid, 'CNY', 0, 0 from generate_series(1, 100000) i`)
    await tx.run(sql`insert into customers (partner_id, id, number, name, account_name, mobile, email, language, association_type, associated_at, tag, state, month_expenditure, held, unsettled, arrears, budget_used, account_id, own_account_id)
      select ${partner.id}::uuid, md5('c' || i)::uuid, (2000000000 + i)::text, '云海科技有限公司' || i, 'yunhai' || i, '+86138' || lpad(i::text, 8, '0'), 'b' || i || '@customer.example', 'zh-CN', 'RESALE', ${now}::timestamptz - i * interval '1 minute', '', 'NORMAL', i, 0, 0, 0, 0, md5('a' || i)::uuid, md5('a' || i)::uuid from generate_series(1, 100000) i`)
  })
  for (const analyzed of [false, true]) {
    if (analyzed) await app.engine.script('analyze')
    await app.inTenant(partner.id, async (tx) => {
      const actor = await loadExporter(tx, partner.id, partner.admin.memberId)
      if (!actor) throw new Error()
      let s = performance.now()
      const lap = (what: string) => { console.log(analyzed, what, Math.round(performance.now() - s)); s = performance.now() }
      const { ids } = await findCustomers(tx, actor, { filter: {}, sort: '-associatedAt', lookUp: undefined }, { offset: 0, limit: 100001 })
      lap('find ' + ids.length)
      let rows
      for (let i = 0; i < 10; i++) rows = await readCustomers(tx, actor, ids.slice(i * 500, i * 500 + 500))
      lap('10 reads')
      for (let i = 0; i < 10; i++) rows!.map(presentCustomer)
      lap('10 presents')
      for (let i = 0; i < 10; i++) rows!.map((r) => maskCompany(r.name)); lap('company')
      for (let i = 0; i < 10; i++) rows!.map((r) => maskMobile(r.mobile)); lap('mobile')
      for (let i = 0; i < 10; i++) rows!.map((r) => maskEmail(r.email)); lap('email')
      const plan = await tx.rows(sql`explain analyze select c.id, a.balance, m.name from customers c join accounts a on a.partner_id = c.partner_id and a.id = c.account_id left join members m on m.partner_id = c.partner_id and m.id = c.manager_id where c.partner_id = ${partner.id} and c.id = any(${sql.param(ids.slice(0, 500))}::uuid[])`)
      console.log(plan.map((r) => Object.values(r as object)[0]).join('\n'))
    })
  }
  await app.close()
})
