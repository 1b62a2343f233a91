import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'

/** What the process uses: bytes, milliseconds of both kinds of CPU time, and how late the event loop was since it was last reset (1 ms is on time). */
type Usage = z.infer<typeof Usage>
const Usage = z.object({ rss: z.number(), heapUsed: z.number(), cpuMs: z.number(), loopDelayP99Ms: z.number(), loopDelayMaxMs: z.number() })

/** The product's server as a process of its own, as `npm start` runs it. */
export type ServerProcess = {
  url: string
  child: ChildProcess
  /** From the start of the process to the first good answer of `/health/ready`. */
  readyMs: number
  /** @param word `reset` begins the measurement of the event loop anew after this answer. */
  usage(word?: 'read' | 'reset'): Promise<Usage>
  /** Asks it to end as a supervisor does. @returns its exit code. */
  stop(): Promise<number | null>
  /** Ends it with SIGKILL: no handler runs, nothing is flushed. */
  kill(): Promise<void>
}

export type ServerProcessOptions = {
  /** Its settings; DATA_DIR is needed. Without DATABASE_URL it runs on the embedded database. Nothing of the caller's own settings is handed on. */
  env: Record<string, string> & { DATA_DIR: string }
  /** The same after a restart, so that clients find it again; by default a free one. */
  port?: number
  /** Where the product lies; by default this repository. */
  directory?: string
  /** Further arguments for Node itself. */
  nodeArguments?: readonly string[]
  /** Where its output goes. */
  logFile: string
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const startMs = 60_000

/** Starts the server and waits until it is ready. Refuses by throwing, with the end of its output, when it ends before that or takes longer than a minute. */
export async function startServerProcess({ env, port, directory = root, nodeArguments = [], logFile }: ServerProcessOptions): Promise<ServerProcess> {
  const chosen = port ?? (await freePort())
  const url = `http://127.0.0.1:${chosen}`
  const log = openSync(logFile, 'a')
  const from = performance.now()
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8', '--import', new URL('./probe.ts', import.meta.url).href, ...nodeArguments, 'server/main.ts'], {
    cwd: directory,
    env: { PATH: process.env['PATH'] ?? '', MALLOC_ARENA_MAX: '2', HOST: '127.0.0.1', PORT: String(chosen), ...env },
    stdio: ['ignore', log, log, 'ipc'],
  })
  closeSync(log)
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit')
      child.kill(signal)
      await gone
    }
    return child.exitCode
  }
  if (!(await untilReady(url, child))) {
    await end('SIGKILL')
    throw new Error(`The server did not get ready:\n${readFileSync(logFile, 'utf8').slice(-4000)}`)
  }
  const usage = async (word: 'read' | 'reset' = 'read') => {
    const told = once(child, 'message')
    child.send(word)
    return Usage.parse((await told)[0])
  }
  return { url, child, readyMs: performance.now() - from, usage, stop: () => end('SIGTERM'), kill: async () => void (await end('SIGKILL')) }
}

async function untilReady(url: string, child: ChildProcess): Promise<boolean> {
  for (const giveUp = performance.now() + startMs; performance.now() < giveUp && child.exitCode === null; await pause(25)) {
    if (await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2000) }).then((answer) => answer.ok, () => false)) return true
  }
  return false
}

/** @returns a port of this machine that is free at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('No free port was found.')
  return address.port
}
