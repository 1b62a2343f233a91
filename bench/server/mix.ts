import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '#server/db/transaction.ts'
import type { LoadPartner } from '#server/testing/load-partner.ts'
import type { ServerProcess } from '#server/testing/server-process.ts'
import { percentile } from './figures.ts'
import { openReader, sizes, views } from './lists.ts'
import { moversThroughHttp } from './money.ts'

export type Mix = { perSecond: number; seconds: number; requests: { kind: string; count: number; medianMs: number; p99Ms: number }[]; loopDelayP99Ms: number; loopDelayMaxMs: number; samples: Sample[] }
export type Sample = { /** Seconds since the beginning. */ at: number; rss: number }

const sampleMs = 2000
/** So many that nobody looks personal data up more often than a person may, at any pace this machine reaches. */
const readers = 96

/** Money operations at a fixed pace, and one read of the large customer list, each view in turn, with every second of them. An operation that finds
 *  every client at work waits for one; how long is a figure of its own.
 *  @param perSecond operations, of two requests each. @returns times of each kind of request and what the server's process used. */
export async function runMix(database: Database, server: ServerProcess, partners: readonly LoadPartner[], perSecond: number, seconds: number): Promise<Mix> {
  const times = new Map<string, number[]>()
  const note = (kind: string, ms: number) => void (times.get(kind) ?? times.set(kind, []).get(kind))?.push(ms)
  const movers = await moversThroughHttp(server.url, partners.map((partner) => ({ partner, member: 0, of: 1 })), note)
  const reader = await openReader(database, server.url, sizes[1], readers)
  const idle = [...movers]
  const samples: Sample[] = []
  const underWay = new Set<Promise<void>>()
  const start = (work: Promise<void>) => void underWay.add(work.finally(() => underWay.delete(work)))
  await server.usage('reset')
  const from = performance.now()
  let sampledAt = from - sampleMs
  for (let place = 0; performance.now() - from < seconds * 1000; place++) {
    const due = from + (place * 1000) / perSecond
    await pause(Math.max(0, due - performance.now()))
    while (idle.length === 0) await pause(1)
    const mover = idle.shift()
    note('(waiting for a free client)', Math.max(0, performance.now() - due))
    if (mover) start(mover.move().finally(() => idle.push(mover)))
    if (place % 2 === 0) {
      const view = views[(place / 2) % views.length] ?? views[0]
      const sent = performance.now()
      start(reader.read(view).then(() => note(`list, ${view}`, performance.now() - sent)))
    }
    if (performance.now() - sampledAt > sampleMs) {
      sampledAt = performance.now()
      samples.push({ at: (sampledAt - from) / 1000, rss: (await server.usage()).rss })
    }
  }
  await Promise.all(underWay)
  const { loopDelayP99Ms, loopDelayMaxMs } = await server.usage()
  for (const mover of movers) await mover.close()
  reader.close()
  const requests = [...times].map(([kind, all]) => ({ kind, count: all.length, medianMs: percentile(all, 0.5), p99Ms: percentile(all, 0.99) })).toSorted((a, b) => a.kind.localeCompare(b.kind))
  return { perSecond, seconds, requests, loopDelayP99Ms, loopDelayMaxMs, samples }
}
