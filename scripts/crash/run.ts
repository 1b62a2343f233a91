import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { randomFrom } from '#server/testing/random.ts'
import { makeLoadPartner, type LoadPartner } from '#server/testing/load-partner.ts'
import { check, countDone } from './check.ts'
import type { Database } from '#server/db/transaction.ts'
import { grantQuota } from '#server/operations/coupon-quotas.ts'
import { retry, startWorkers, Violation, work, type CrashQuota, type Random, type Worker } from './load.ts'
import { openStage, type Stage } from './stage.ts'

const targets = ['server', 'postgres', 'together', 'embedded'] as const
type Target = (typeof targets)[number]
type Play = { stage: Stage; partner: LoadPartner; workers: Worker[]; random: Random }
type Round = { acknowledged: number; open: number; openDone: number; readyMs: number; backMs: number }

const people = 10
const topUpMinor = 100_000_000_00n
/** A start after a kill, and work again after the database's return. Milliseconds. */
const startMaxMs = 15_000
const backMaxMs = 5_000
const retryMs = 20_000

/** @param args of the command line. @returns the exit code: 0 when nothing was lost, doubled or half done. */
export async function crash(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { rounds: { type: 'string', default: '50' }, target: { type: 'string', default: targets.join() }, seed: { type: 'string', default: String(Date.now() % 1_000_000) } } })
  const rounds = Number(values.rounds)
  const wanted = values.target.replace('both', 'server,postgres').split(',')
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds is a whole number above 0')
  if (wanted.some((name) => !targets.some((known) => known === name))) throw new Error(`--target knows both, ${targets.join(', ')}`)
  console.log(`Crash rounds, seed ${values.seed}`)
  const random = randomFrom(Number(values.seed))
  let isGood = true
  for (const kind of ['postgres', 'embedded'] as const) {
    const here = targets.filter((target) => wanted.includes(target) && (target === 'embedded') === (kind === 'embedded'))
    if (here.length > 0) isGood = (await playAll(kind, here, rounds, random)) && isGood
  }
  return isGood ? 0 : 1
}

async function playAll(kind: 'postgres' | 'embedded', here: readonly Target[], rounds: number, random: Random): Promise<boolean> {
  const stage = await openStage(kind)
  try {
    const partner = await stage.look((database) => makeLoadPartner(database, { account: 'crash', members: people, customers: people * 5, topUpMinor }))
    const quota = await stage.look((database) => grantTo(database, partner))
    await stage.startServer()
    const play: Play = { stage, partner, random, workers: await startWorkers(stage.url, partner, quota) }
    for (const target of here) if (!(await playTarget(play, target, rounds))) return false
    return true
  } finally {
    await stage.close()
  }
}

/** Quota that never runs out, so that no rule refuses an issue. */
const grantTo = (database: Database, { id }: LoadPartner): Promise<CrashQuota> => database.inTenant(id, async (tx, now) => {
  const validTo = new Date(now.getTime() + 30 * 86_400_000)
  const by = { actorId: null, proofId: null, keyHash: null, requestId: 'crash', confirmedBy: 'none' as const, reason: 'crash' }
  const granted = await grantQuota(tx, now, { books: { partnerId: id, timeZone: 'Asia/Shanghai' }, by, kind: 'VOUCHER', amount: topUpMinor, validFrom: now, validTo, origin: { source: 'vendor' } })
  return { id: granted.id, until: new Date(now.getTime() + 20 * 86_400_000).toISOString().slice(0, 10) }
})

async function playTarget(play: Play, target: Target, rounds: number): Promise<boolean> {
  const played: Round[] = []
  try {
    for (let number = 1; number <= rounds; number++) {
      played.push(await playRound(play, target))
      if (rounds >= 10 && number % 10 === 0) console.log(`  ${target}: ${number} rounds`)
    }
    if (target === 'embedded') {
      await play.stage.server().stop()
      await expectGood(play)
    }
  } catch (error) {
    if (!(error instanceof Violation)) throw error
    console.error(`${target}, round ${played.length + 1}: ${error.message}`)
    for (const line of play.stage.unexpected()) console.error(line)
    return false
  }
  const sum = (of: (round: Round) => number) => played.reduce((total, round) => total + of(round), 0)
  const most = (of: (round: Round) => number) => (Math.max(...played.map(of)) / 1000).toFixed(1)
  console.log(`${target}: ${rounds} rounds, ${sum(({ acknowledged }) => acknowledged)} operations acknowledged, ${sum(({ open }) => open)} cut off (${sum(({ openDone }) => openDone)} of them were done), ` +
    `nothing lost, doubled or half done; ${target === 'postgres' ? `working again ${most(({ backMs }) => backMs)} s after the database's return` : `ready again after ${most(({ readyMs }) => readyMs)} s`} at most`)
  return true
}

async function playRound(play: Play, target: Target): Promise<Round> {
  const { stage, workers, random } = play
  const before = countAcknowledged(workers)
  let isOver = false
  const working = Promise.all(workers.map((worker) => work(worker, random, () => isOver)))
  // A violation is reported by the await below, not as an unhandled rejection meanwhile.
  working.catch(() => undefined)
  await pause(150 + random() * 1200)
  if (target !== 'postgres') await Promise.all([stage.server().kill(), target === 'together' ? stage.database?.kill() : undefined])
  else await stage.database?.kill()
  isOver = true
  await working
  const acknowledged = countAcknowledged(workers) - before
  const open = workers.filter((worker) => worker.open).length
  if (target === 'postgres' || target === 'together') await stage.database?.restart()
  if (target !== 'server') await expectGood(play)
  const back = performance.now()
  if (target !== 'postgres') await stage.startServer()
  const readyMs = target === 'postgres' ? 0 : stage.server().readyMs
  if (readyMs > startMaxMs) throw new Violation(`the server needed ${readyMs.toFixed(0)} ms to start`)
  if (target === 'server') await expectGood(play)
  const openDone = target === 'embedded' ? 0 : await countOpenDone(play)
  await settle(play)
  const backMs = performance.now() - back
  if (target === 'postgres' && backMs > backMaxMs) throw new Violation(`${backMs.toFixed(0)} ms after the database's return the server did not work yet`)
  if (target !== 'embedded') await expectGood(play)
  return { acknowledged, open, openDone, readyMs, backMs }
}

const countAcknowledged = (workers: readonly Worker[]) => workers.reduce((sum, { operations }) => sum + operations.filter(({ answer }) => answer !== undefined).length, 0)

/** Every operation that was cut off gets its answer under its own key. */
async function settle({ workers, random }: Play): Promise<void> {
  const giveUp = performance.now() + retryMs
  await Promise.all(workers.map(async (worker) => {
    while (!(await retry(worker, random))) {
      if (performance.now() > giveUp) throw new Violation(`${worker.open?.kind} under key ${worker.open?.key} gets no answer any more`)
      await pause(100)
    }
  }))
}

async function expectGood({ stage, partner, workers }: Play): Promise<void> {
  const wrong = await stage.look((database) => check(database, partner.id, workers, topUpMinor))
  if (wrong.length > 0) throw new Violation(wrong.join('\n  '))
}

async function countOpenDone({ stage, partner, workers }: Play): Promise<number> {
  const keys = workers.flatMap(({ open }) => (open ? [open.key] : []))
  return await stage.look((database) => countDone(database, partner.id, keys))
}
