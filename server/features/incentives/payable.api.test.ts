import { afterAll, beforeAll, expect, test } from 'vitest'
import { BarKey, getIncentiveOverview, getStatement, queryLines, queryStatements, type LineFilter } from '#contract/incentives.ts'
import { toMinor } from '#contract/money.ts'
import { sql, type SQL } from '#server/db/query.ts'
import { freeze } from '#server/operations/incentive-freezes.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { confirmNow, newProgram, newStatement, payments, toldOf } from '#server/testing/incentives.ts'
import { mountIncentives } from './routes.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountIncentives])
})
afterAll(() => app.close())

const listed = async (client: Client) => (await client.call(queryStatements, { body: { pageSize: 100 } })).body
const statesOf = ({ id }: TestPartner) => app.inTenant(id, (tx) => tx.rows<{ state: string }>(sql`select state from incentive_statements where partner_id = ${id} order by number`))

const overview = async (client: Client) => (await client.call(getIncentiveOverview, {})).body
const lines = async (client: Client, body: Parameters<typeof client.call<typeof queryLines>>[1]['body']) => (await client.call(queryLines, { body: { pageSize: 100, ...body } })).body

/** Statements of every state and both signs, with exclusions, tax, adjustments and freezes; payments taken, paid in part and returned, by a draw that is the same each time. */
async function story(partner: TestPartner, seed: number, customerIds: readonly string[] = []) {
  const draw = (below: number) => { seed = (seed * 48_271) % 2_147_483_647; return seed % below }
  const ids: string[] = []
  const [taxed, free] = [await newProgram(app, { taxBasisPoints: 613 }), await newProgram(app, { onDeadline: 'AUTO_CONFIRM' })]
  for (let index = 0; index < 14; index += 1) {
    const isNegative = draw(5) === 0
    const statement = await newStatement(app, partner, {
      programId: draw(2) === 0 ? taxed : free, taxBasisPoints: 613, period: `2026-${String(1 + draw(9)).padStart(2, '0')}`, isNegative, isEstimated: draw(6) === 0,
      lines: Array.from({ length: 1 + draw(5) }, (_, place) => ({ incentive: isNegative ? -BigInt(draw(9_999)) : BigInt(draw(99_999)), productType: `云产品${place % 2}`, billingMode: place % 3 === 0 ? 'ONE_TIME' as const : 'PAY_PER_USE' as const, customerId: customerIds[(index + place) % (customerIds.length + 1)] ?? null })),
    })
    ids.push(statement.id)
    await app.inTenant(partner.id, async (tx, now) => {
      for (const [place, id] of statement.lineIds.entries()) {
        if (place % 3 === 1) await tx.run(sql`update incentive_lines set feedback_state = ${index % 2 === 0 ? 'OPEN' : 'CLOSED'} where id = ${id}`)
        if (draw(6) === 0) await tx.run(sql`update incentive_lines set is_excluded = true, exclusion_reason = '重复' where id = ${id}`)
        else if (draw(4) === 0) await tx.run(sql`update incentive_lines set adjusted = ${isNegative ? -3n : 7n}, adjustments = 1 where id = ${id}`)
        if (!isNegative && draw(5) === 0) await freeze(tx, now, toldOf(partner), { statementId: statement.id, which: sql`l.id = ${id}`, cause: 'VENDOR_DECISION', explanation: '核查', customerId: null })
      }
    })
    const fate = draw(5)
    if (fate < 3) await app.inTenant(partner.id, (tx, now) => tx.run(sql`update incentive_statements set state = 'CONFIRMED', confirmed_at = ${now}, confirmed_amount = net where id = ${statement.id} and state = 'PENDING_CONFIRMATION'`))
    else if (fate === 3) await app.inTenant(partner.id, (tx, now) => tx.run(sql`update incentive_statements set state = 'LAPSED', lapsed_at = ${now} where id = ${statement.id} and state = 'PENDING_CONFIRMATION'`))
    if (draw(4) !== 0) continue
    const pay = payments(app, partner)
    const { requestId, taken } = await pay.take([statement.id])
    if ('refused' in taken) continue
    const end = draw(4)
    if (end === 0) await pay.giveBack(requestId)
    else if (end < 3) await pay.pay(requestId)
  }
  return ids
}

type Counted = { total: number; net: bigint; incentive: bigint; excluded: bigint; tax: bigint; adjustment: bigint }
/** What a list says of everything it found, counted from the lines alone. */
async function counted({ id }: TestPartner, condition: SQL): Promise<Counted> {
  const [row] = await app.inTenant(id, (tx) => tx.rows<Counted>(sql`
    select count(*)::int as total, coalesce(sum(net), 0)::bigint as net, coalesce(sum(incentive), 0)::bigint as incentive, coalesce(sum(incentive) filter (where is_excluded), 0)::bigint as excluded, coalesce(sum(tax) filter (where not is_excluded), 0)::bigint as tax,
           coalesce(sum(adjusted) filter (where not is_excluded), 0)::bigint as adjustment from incentive_lines where partner_id = ${id} and ${condition}`))
  if (!row) throw new Error('a sum over nothing is still a row')
  expect(row.incentive - row.excluded - row.tax + row.adjustment).toBe(row.net)
  return row
}

async function listedAs(client: Client, body: Parameters<typeof lines>[1]): Promise<Counted & { listed: number }> {
  const { items, total, totals } = await lines(client, body)
  return { listed: items.length, total, net: toMinor(totals.net), incentive: toMinor(totals.incentive), excluded: toMinor(totals.excluded), tax: toMinor(totals.tax), adjustment: toMinor(totals.adjustment) }
}

const filters: readonly [LineFilter, SQL][] = [
  [{}, sql`true`], [{ billingMode: 'ONE_TIME' }, sql`billing_mode = 'ONE_TIME'`], [{ productType: '云产品1' }, sql`product_type = '云产品1'`], [{ associationType: 'REFERRAL' }, sql`false`], [{ isFrozen: true }, sql`freezes > 0`], [{ isFrozen: false }, sql`freezes = 0`],
  [{ feedbackState: 'none' }, sql`feedback_state is null`], [{ feedbackState: 'OPEN' }, sql`feedback_state = 'OPEN'`], [{ productType: '云产品0', billingMode: 'PAY_PER_USE', feedbackState: 'none' }, sql`product_type = '云产品0' and billing_mode = 'PAY_PER_USE' and feedback_state is null`],
  [{ bar: 'excluded' }, sql`not is_negative and is_excluded`], [{ bar: 'tax' }, sql`not is_negative and not is_excluded and tax <> 0`], [{ bar: 'adjustments', isFrozen: false }, sql`not is_negative and not is_excluded and adjustments > 0 and freezes = 0`],
]

test('whatever happened, what a filter found is counted as its lines count', async () => {
  for (const seed of [29, 5021]) {
    const partner = await app.newPartner()
    const [statementId] = await story(partner, seed)
    for (const [filter, condition] of filters) {
      for (const [own, only] of [[{}, sql`true`], [{ statementId }, sql`statement_id = ${statementId}::uuid`]] as const) {
        const row = await counted(partner, sql`${condition} and ${only}`)
        expect([seed, filter, own, await listedAs(partner.admin, { filter: { ...filter, ...own } })]).toEqual([seed, filter, own, { ...row, listed: row.total }])
      }
    }
  }
})

test('whatever happened, lines of looked-up customers and of a person’s own are counted as they count', async () => {
  const partner = await app.newPartner()
  const director = await partner.addMember({ role: 'director' })
  const [one, two] = [await partner.addMember({ role: 'manager', directorId: director.memberId }), await partner.addMember({ role: 'manager' })]
  const [first, second, third] = [await app.addCustomer(partner.id, { managerId: one.memberId, name: '北岸贸易有限公司' }), await app.addCustomer(partner.id, { managerId: two.memberId, name: '北岸物流有限公司' }), await app.addCustomer(partner.id, { name: '青禾数据有限公司' })]
  const [statementId] = await story(partner, 811, [first.id, second.id, third.id])
  const views: readonly [Client, Parameters<typeof lines>[1], SQL][] = [
    [one, {}, sql`customer_id = ${first.id}`], [director, {}, sql`customer_id = ${first.id}`], [two, {}, sql`customer_id = ${second.id}`], [one, { lookup: { name: '北岸' } }, sql`customer_id = ${first.id}`], [two, { filter: { customerId: first.id } }, sql`false`],
    [partner.admin, { lookup: { name: '北岸' } }, sql`customer_id in (${first.id}, ${second.id})`], [partner.admin, { filter: { managerId: 'unassigned' } }, sql`customer_id = ${third.id}`], [partner.admin, { filter: { customerId: second.id, managerId: two.memberId } }, sql`customer_id = ${second.id}`],
  ]
  for (const [place, [client, body, mine]] of views.entries()) {
    for (const [filter, condition] of filters) {
      for (const [own, only] of [[{}, sql`true`], [{ statementId }, sql`statement_id = ${statementId}::uuid`]] as const) {
        const row = await counted(partner, sql`${condition} and ${only} and ${mine}`)
        expect([place, filter, own, await listedAs(client, { ...body, filter: { ...body?.filter, ...filter, ...own } })]).toEqual([place, filter, own, { ...row, listed: row.total }])
      }
    }
  }
})

test('many lines of many customers are listed in each order as few are, and none twice', async () => {
  const partner = await app.newPartner()
  const [manager, director] = [await partner.addMember({ role: 'manager' }), await partner.addMember({ role: 'director' })]
  await app.inTenant(partner.id, (tx) => tx.run(sql`update members set director_id = ${director.memberId} where partner_id = ${partner.id} and id = ${manager.memberId}`))
  const customerIds: string[] = []
  for (let place = 0; place < 104; place += 1) customerIds.push((await app.addCustomer(partner.id, { name: '北岸贸易有限公司', ...(place < 102 && { managerId: manager.memberId }) })).id)
  const { id } = await newStatement(app, partner, { lines: Array.from({ length: 1_250 }, (_, place) => ({ incentive: BigInt(1_00 + (place * 7919) % 97), customerId: customerIds[place % 104] ?? null, billingMode: place % 40 === 0 ? 'ONE_TIME' as const : 'PAY_PER_USE' as const })) })
  const own = sql`customer_id in (select id from customers where manager_id = ${manager.memberId})`
  for (const [client, lookup, mine] of [[partner.admin, undefined, sql`true`], [partner.admin, { name: '北岸' }, sql`true`], [manager, undefined, own], [director, undefined, own]] as const) {
    for (const [filter, condition] of [[{}, sql`true`], [{ billingMode: 'ONE_TIME' }, sql`billing_mode = 'ONE_TIME'`], [{ billingMode: 'PAY_PER_USE' }, sql`billing_mode = 'PAY_PER_USE'`]] as const) {
      for (const [sort, order] of [['incentive', sql`incentive, id`], ['-incentive', sql`incentive desc, id desc`], ['period', sql`seq`]] as const) {
        const wanted = await app.inTenant(partner.id, (tx) => tx.rows<{ id: string }>(sql`select id from incentive_lines where partner_id = ${partner.id} and ${mine} and ${condition} order by ${order}`))
        const asked = { ...(lookup && { lookup }), filter: { statementId: id, ...filter }, sort, pageSize: 20 }
        const [start, later] = [await lines(client, asked), await lines(client, { ...asked, page: 2 })]
        expect([start.total, ...start.items, ...later.items].map((row) => (typeof row === 'number' ? row : row.id))).toEqual([wanted.length, ...wanted.slice(0, 40).map((row) => row.id)])
      }
    }
  }
})

test('whatever happened, the bars add up to the cent, their lines to the bars, and the end is exactly what the server takes', async () => {
  for (const seed of [17, 4099, 700_001]) {
    const partner = await app.newPartner()
    const ids = await story(partner, seed)
    const { figures } = await overview(partner.admin)
    if (!figures) throw new Error('an administrator sees the figures')
    expect(figures.bars.map(({ key }) => key)).toEqual(BarKey.options)
    expect(figures.bars.reduce((sum, { amount }) => sum + toMinor(amount), 0n)).toBe(toMinor(figures.payable))
    for (const { key, amount } of figures.bars.filter((bar) => bar.key !== 'carried')) {
      const found = await lines(partner.admin, { filter: { bar: key } })
      expect([seed, key, found.totals.bar]).toEqual([seed, key, amount])
    }
    const { items, amount } = await listed(partner.admin)
    expect([items.length, amount, items.reduce((sum, item) => sum + toMinor(item.amount), 0n)]).toEqual([ids.length, figures.amount, toMinor(figures.amount)])
    const signed = items.reduce((sum, { payment }) => sum + toMinor(payment?.payable ?? figures.payable), 0n)
    expect(toMinor(figures.payable)).toBe(signed < 0n ? 0n : signed)
    for (const id of ids.slice(0, 5)) {
      const { body } = await partner.admin.call(getStatement, { params: { id } })
      for (const bar of (body.bars ?? []).filter(({ key }) => key !== 'carried')) expect([seed, bar.key, (await lines(partner.admin, { filter: { bar: bar.key, statementId: id } })).totals.bar]).toEqual([seed, bar.key, bar.amount])
      expect((await lines(partner.admin, { filter: { statementId: id } })).totals.net).toBe(body.amount)
    }
    const wanted = items.filter(({ isNegative, payment }) => !isNegative && payment !== null && payment.payable !== '0.00').map(({ id }) => id)
    const { taken } = await payments(app, partner).take(wanted)
    expect([seed, 'refused' in taken ? 0n : taken.total]).toEqual([seed, toMinor(figures.payable)])
  }
})

test('a statement whose frozen part is left is paid in two payments, and a returned payment can be requested again', async () => {
  const partner = await app.newPartner()
  const { id, lineIds } = await newStatement(app, partner, { lines: [{ incentive: 70_00n }, { incentive: 30_00n }] })
  await app.inTenant(partner.id, (tx, now) => freeze(tx, now, toldOf(partner), { statementId: id, which: sql`l.id = ${lineIds[1] ?? ''}`, cause: 'VENDOR_DECISION', explanation: '核查', customerId: null }))
  const pay = payments(app, partner)
  expect((await pay.take([id])).taken).toEqual({ refused: 'not_confirmed', statementId: id })
  await confirmNow(app, partner, id)
  const first = await pay.take([id])
  expect(first.taken).toMatchObject({ total: 70_00n, items: [{ id, amount: 70_00n }] })
  expect((await pay.take([id])).taken).toEqual({ refused: 'not_confirmed', statementId: id })
  await pay.giveBack(first.requestId)
  const second = await pay.take([id])
  await pay.pay(second.requestId)
  expect((await listed(partner.admin)).items[0]).toMatchObject({ state: 'CONFIRMED', frozen: '30.00', payment: { paid: '70.00', payable: '0.00', inPayment: '0.00' } })
  expect((await pay.take([id])).taken).toEqual({ refused: 'frozen', statementId: id })
  await app.inTenant(partner.id, async (tx) => tx.run(sql`update incentive_lines set freezes = 0 where partner_id = ${partner.id}`))
  const third = await pay.take([id])
  expect(third.taken).toMatchObject({ total: 30_00n })
  await pay.pay(third.requestId)
  expect((await listed(partner.admin)).items[0]).toMatchObject({ state: 'ISSUED', payment: { paid: '100.00', payable: '0.00' } })
  expect((await overview(partner.admin)).figures).toMatchObject({ paidThisYear: '100.00', payable: '0.00' })
})

test('negative incentives are set off in every payment, also lapsed ones, and what they exceed is carried over', async () => {
  const partner = await app.newPartner()
  const [good, bad] = [await newStatement(app, partner, { lines: [{ incentive: 50_00n }] }), await newStatement(app, partner, { isNegative: true, lines: [{ incentive: -80_00n }] })]
  await confirmNow(app, partner, good.id)
  expect((await overview(partner.admin)).figures).toMatchObject({ amount: '-30.00', payable: '50.00' })
  await app.inTenant(partner.id, (tx, now) => tx.run(sql`update incentive_statements set state = 'LAPSED', lapsed_at = ${now} where id = ${bad.id}`))
  const { figures } = await overview(partner.admin)
  expect([figures?.payable, figures?.bars.find(({ key }) => key === 'negative')?.amount, figures?.bars.find(({ key }) => key === 'carried')?.amount]).toEqual(['0.00', '-80.00', '30.00'])
  const pay = payments(app, partner)
  expect((await pay.take([good.id])).taken).toEqual({ refused: 'not_above_zero', statementId: null })
  const more = await newStatement(app, partner, { period: '2026-09', lines: [{ incentive: 31_00n }] })
  await confirmNow(app, partner, more.id)
  const { taken, requestId } = await pay.take([good.id, more.id])
  expect(taken).toMatchObject({ total: 1_00n, items: expect.arrayContaining([expect.objectContaining({ id: bad.id, amount: -80_00n, isNegative: true })]) })
  await pay.pay(requestId)
  expect((await statesOf(partner)).map(({ state }) => state).toSorted()).toEqual(['ISSUED', 'ISSUED', 'LAPSED'])
  expect((await overview(partner.admin)).figures).toMatchObject({ payable: '0.00', paidThisYear: '1.00' })
})
