import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startCluster } from '#server/testing/postgres.ts'
import { startServerProcess } from '#server/testing/server-process.ts'
import { median, slope } from './figures.ts'
import type { Sample } from './mix.ts'

export type Idle = { /** The start that makes the demo, and the next one. */ first: number; embedded: number; postgres: number }
export type Soak = { minutes: number; /** Medians in bytes of the second and of the last quarter. */ early: number; late: number; /** Bytes per minute after the first quarter. */ growth: number }

const settleMs = 30_000

/** @returns resident bytes of the server half a minute after its start: embedded with the demo, and on PostgreSQL. */
export async function measureIdle(): Promise<Idle> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-idle-'))
  const cluster = await startCluster()
  try {
    const first = await idleOf(directory, 'embedded', {})
    const embedded = await idleOf(directory, 'embedded', {})
    await idleOf(directory, 'postgres', { DATABASE_URL: cluster.url })
    return { first, embedded, postgres: await idleOf(directory, 'postgres', { DATABASE_URL: cluster.url }) }
  } finally {
    await cluster.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function idleOf(directory: string, name: string, env: Record<string, string>): Promise<number> {
  const server = await startServerProcess({ env: { ...env, DATA_DIR: join(directory, name) }, logFile: join(directory, 'server.log') })
  try {
    await pause(settleMs)
    return (await server.usage()).rss
  } finally {
    await server.stop()
  }
}

/** Whether memory is flat: what is used late against what is used early, after the first quarter, in which everything is used for the first time. */
export function soakOf(samples: readonly Sample[]): Soak {
  const total = samples.at(-1)?.at ?? 0
  const between = (from: number, to: number) => samples.filter(({ at }) => at >= total * from && at <= total * to)
  return {
    minutes: total / 60, early: median(between(0.25, 0.5).map(({ rss }) => rss)), late: median(between(0.75, 1).map(({ rss }) => rss)),
    growth: slope(between(0.25, 1).map(({ at, rss }) => ({ x: at / 60, y: rss }))),
  }
}
