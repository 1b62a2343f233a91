// Measures the server on PostgreSQL beside hand-written SQL. See README.md.
import { writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sql } from '#server/db/query.ts'
import type { Database } from '#server/db/transaction.ts'
import { makeLoadPartner, type LoadPartner } from '#server/testing/load-partner.ts'
import { startBareServer } from './bare.ts'
import { installByHand } from './by-hand.ts'
import { makeCouponPartners, measureCoupons } from './coupons.ts'
import { median } from './figures.ts'
import { makeIncentivePartners, measureIncentives, measureLineExports } from './incentives.ts'
import { makeRecordPartners, measureRecords } from './invites.ts'
import { makeListPartners, measureLists } from './lists.ts'
import { measureHandover, measureOrganization } from './organization.ts'
import { measureIdle, soakOf } from './memory.ts'
import { runMix } from './mix.ts'
import { clearByHand, moversByHand, moversThroughBareServer, moversThroughHttp, throughput, type Place } from './money.ts'
import { machineFacts, report, type Duel, type Results } from './report.ts'
import { makeWhitelistPartner, measureWhitelist } from './whitelist.ts'
import { startWorld, type World } from './world.ts'

const parts = ['lists', 'records', 'coupons', 'whitelist', 'organization', 'incentives', 'money', 'mix', 'memory'] as const
const clients = 16
const topUpMinor = 1_000_000_000_00n

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: parts.join() }, turns: { type: 'string', default: '7' }, seconds: { type: 'string', default: '4' }, samples: { type: 'string', default: '60' },
    mix: { type: 'string', default: '60' }, soak: { type: 'string', default: '0' }, pace: { type: 'string' }, md: { type: 'string' }, 'cpu-prof': { type: 'string' },
  },
})
const wanted = new Set(options.only.split(','))
const unknown = [...wanted].filter((name) => !parts.some((part) => part === name))
if (unknown.length > 0) throw new Error(`--only knows ${parts.join(', ')}; not ${unknown.join(', ')}`)

/** Turns of the same length, one after the other. The first turn of each side counts for nothing: plans, caches and code are made in it. */
async function duel(world: World, who: string, places: readonly Place[]): Promise<Duel> {
  const product = await moversThroughHttp(world.server.url, places)
  const oneCall = await moversByHand(world.database, world.databaseUrl, places, 1)
  const twoCalls = await moversByHand(world.database, world.databaseUrl, places, 2)
  const bareServer = await startBareServer(world.databaseUrl)
  const bare = await moversThroughBareServer(world.database, bareServer.url, places)
  const found: Duel = { who, product: [], oneCall: [], twoCalls: [], bare: [] }
  for (let turn = 0; turn <= Number(options.turns); turn++) {
    const mine = await throughput(product, Number(options.seconds))
    await untilQuiet(world.database)
    const one = await throughput(oneCall, Number(options.seconds))
    const two = await throughput(twoCalls, Number(options.seconds))
    const behind = await throughput(bare, Number(options.seconds))
    await clearByHand(world.database)
    console.error(`${who}, turn ${turn}: ${mine.toFixed(0)} to ${one.toFixed(0)}, ${two.toFixed(0)} and ${behind.toFixed(0)}`)
    if (turn === 0) continue
    found.product.push(mine)
    found.oneCall.push(one)
    found.twoCalls.push(two)
    found.bare.push(behind)
  }
  for (const mover of [...product, ...oneCall, ...twoCalls, ...bare]) await mover.close()
  await bareServer.stop()
  return found
}

/** Messages that the product still has to send would be work in the other side's turn. */
async function untilQuiet(database: Database): Promise<void> {
  const partners = await database.inGlobal((tx) => tx.rows<{ id: string }>(sql`select id from partners`))
  for (let tries = 0; tries < 600; tries++) {
    const [row] = await database.inTenant(partners.map(({ id }) => id), (tx, now) => tx.rows<{ waiting: number }>(sql`select count(*)::int as waiting from messages where state = 'queued' and due_at <= ${now}::timestamptz + interval '5 minutes'`))
    if (row?.waiting === 0) return
    await pause(100)
  }
  throw new Error('the messages are not sent')
}

async function measureWorld(results: Results): Promise<void> {
  const many: LoadPartner[] = []
  const alone: LoadPartner[] = []
  const world = await startWorld(async (database) => {
    // Also for the money alone: what is planned for empty tables stays bad when they fill. What is asked of incentives and coupons is planned anew each time.
    if ([...wanted].some((part) => part !== 'incentives' && part !== 'coupons' && part !== 'memory')) await makeListPartners(database)
    if (wanted.has('records')) await makeRecordPartners(database)
    if (wanted.has('incentives')) await makeIncentivePartners(database)
    if (wanted.has('coupons')) await makeCouponPartners(database)
    if (wanted.has('whitelist')) await makeWhitelistPartner(database)
    for (let place = 1; place <= clients; place++) many.push(await makeLoadPartner(database, { account: `many-${place}`, members: 1, customers: 50, topUpMinor }))
    alone.push(await makeLoadPartner(database, { account: 'alone', members: clients, customers: clients * 50, topUpMinor }))
    await installByHand(database)
  }, options['cpu-prof'] === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options['cpu-prof']}`])
  try {
    const { rows: [version] } = await world.database.engine.query('show server_version')
    results.machine = machineFacts(String(version?.['server_version']))
    if (wanted.has('lists')) results.lists = await measureLists(world.database, world.server.url, Number(options.samples))
    if (wanted.has('coupons')) results.coupons = await measureCoupons(world.database, world.server.url, Number(options.samples))
    if (wanted.has('whitelist')) results.whitelist = await measureWhitelist(world.database, world.server.url)
    if (wanted.has('records')) results.records = await measureRecords(world.database, world.server.url, Number(options.samples))
    if (wanted.has('organization')) {
      results.organization = await measureOrganization(world.database, world.server.url, Number(options.samples))
      results.handover = await measureHandover(world.database, world.server)
    }
    if (wanted.has('incentives')) {
      results.incentives = await measureIncentives(world.database, world.server.url, Number(options.samples))
      results.lineExports = await measureLineExports(world.database, world.server, Number(options.turns))
    }
    if (wanted.has('money')) {
      results.duels = [
        await duel(world, `${clients} partners, one client each`, many.map((partner) => ({ partner, member: 0, of: 1 }))),
        await duel(world, `one partner, ${clients} people`, alone.flatMap((partner) => partner.members.map((_, member) => ({ partner, member, of: clients })))),
      ]
    }
    if (wanted.has('mix')) {
      const pace = options.pace === undefined ? median(results.duels?.[0]?.product ?? []) / 2 : Number(options.pace)
      if (!(pace > 0)) throw new Error('the mix needs the part money, or --pace <operations per second>')
      results.mix = await runMix(world.database, world.server, many, pace, Number(options.mix))
      if (Number(options.soak) > 0) results.soak = soakOf((await runMix(world.database, world.server, many, pace, Number(options.soak))).samples)
    }
  } finally {
    await world.close()
  }
}

const results: Results = { machine: machineFacts('') }
if (['lists', 'records', 'coupons', 'whitelist', 'organization', 'incentives', 'money', 'mix'].some((name) => wanted.has(name))) await measureWorld(results)
if (wanted.has('memory')) results.idle = await measureIdle()
const text = report(results)
if (options.md) writeFileSync(options.md, text)
console.log(text)
