import { PGlite } from '@electric-sql/pglite'
import { PgBoss, type ConstructorOptions } from 'pg-boss'
import * as z from 'zod/mini'
import type { Engine } from '#server/db/open.ts'
import type { Database, JobName, JobSender, Nudger } from '#server/db/transaction.ts'
import { StartRefused } from '#server/start-refused.ts'
import { jobNames, queues } from './queues.ts'

/** What a job does. Gets the data of one or more jobs of its queue; each may come twice, also at the same time on two servers. */
export type JobHandlers = Record<JobName, (jobs: readonly Record<string, string>[]) => Promise<void>>

type QueueDatabase = NonNullable<ConstructorOptions['db']>

export type Jobs = {
  /** Takes no further job, lets the running ones finish for at most 4 s and leaves the database open. */
  stop(): Promise<void>
  sender: JobSender
}

// With the requests' 25 s a stop stays within the 30 s that whoever runs the server waits.
const stopMs = 4000
const wakeMs = 100
const repeatErrorMs = 30_000

/** Makes the queue's own tables, or brings them up to date, and lets the application's role use them. Goes with every `migrate`, under the same login.
 *  @param engine opened with a login that may create schemas. */
export async function installJobs(engine: Engine): Promise<void> {
  const failures: Error[] = []
  const boss = new PgBoss({ ...settings(engine), migrate: true, supervise: false, schedule: false })
  boss.on('error', (error) => failures.push(toError(error)))
  await boss.start()
  for (const name of jobNames) {
    // oxlint-disable-next-line no-await-in-loop -- a few statements once per start, each under the library's own lock
    await boss.createQueue(name, queues[name].options)
    // oxlint-disable-next-line no-await-in-loop -- a few statements once per start, each under the library's own lock
    await boss.updateQueue(name, queues[name].options)
  }
  for (const name of jobNames) {
    const { cron } = queues[name]
    // oxlint-disable-next-line no-await-in-loop -- a few statements once per start, each under the library's own lock
    if (cron !== undefined) await boss.schedule(name, cron, {})
  }
  // One after the other: of two that grant the same at once PostgreSQL lets one fail.
  await engine.script(`begin; select pg_advisory_xact_lock(7310041); grant usage on schema pgboss to app; grant select, insert, update, delete on all tables in schema pgboss to app;
    grant usage on all sequences in schema pgboss to app; grant execute on all functions in schema pgboss to app; commit`)
  await boss.stop({ graceful: false, close: false })
  if (failures.length > 0) throw new AggregateError(failures, 'the job queue could not be installed')
}

/** Starts the queue on the same database and gives the transactions a way to hand out jobs.
 *  @param options.handlers what the workers of this process do; without it this process only hands out jobs.
 *  @param options.onError told of everything that goes wrong in the background; the same sentence at most twice a minute.
 *  Refuses with StartRefused when `installJobs` never ran on this database. */
export async function startJobs(database: Database, options: { handlers?: JobHandlers; onError: (error: Error) => void }): Promise<Jobs> {
  const { handlers } = options
  const report = withoutRepeats(options.onError)
  const boss = new PgBoss({ ...settings(database.engine), migrate: false, supervise: handlers !== undefined, schedule: handlers !== undefined })
  boss.on('error', (error) => report(toError(error)))
  boss.on('warning', ({ message }) => report(new Error(`job queue: ${message}`)))
  if (!(await boss.isInstalled())) throw new StartRefused('The job queue is not installed in this database. Run: npm run admin -- migrate')
  await boss.start()
  // A queue unknown to the library would be looked up outside the transaction that hands out a job, which on one connection waits for itself.
  await Promise.all(jobNames.map((name) => boss.findJobs(name, { id: '00000000-0000-4000-8000-000000000000' })))
  const workers = handlers ? await startWorkers(boss, handlers, report, database.engine.kind) : new Map<JobName, string>()
  const waker = createWaker((name) => {
    const worker = workers.get(name)
    if (worker !== undefined) boss.notifyWorker(worker)
  })
  const sender: JobSender = async (name, data, { singletonKey, startAfterSeconds }, raw) => {
    await boss.send(name, data, {
      db: { executeSql: (text, values) => raw(text, values) },
      ...(singletonKey !== undefined && { singletonKey }), ...(startAfterSeconds !== undefined && { startAfter: startAfterSeconds }),
    })
    waker.wake(name)
  }
  const nudges = collectNudges((partnerIds) => boss.insert('message.send', partnerIds.map((partnerId) => ({ data: { partnerId } }))).then(() => waker.wake('message.send', 0)), report)
  database.useJobs(sender, nudges.tell)
  return {
    sender,
    async stop() {
      await nudges.flush()
      waker.stop()
      await boss.stop({ graceful: true, timeout: stopMs, close: false })
    },
  }
}

async function startWorkers(boss: PgBoss, handlers: JobHandlers, report: (error: Error) => void, kind: Engine['kind']): Promise<Map<JobName, string>> {
  const started = await Promise.all(jobNames.map(async (name) => {
    // Two exports at once on a pool; on the embedded database's one connection the second would only wait.
    const concurrency = name === 'export.build' && kind === 'postgres' ? 2 : 1
    const id = await boss.work(name, { ...queues[name].work, localConcurrency: concurrency }, async (jobs) => {
      try {
        await handlers[name](jobs.map(({ data }) => Data.parse(data ?? {})))
      } catch (error) {
        report(toError(error))
        throw error
      }
    })
    return [name, id] as const
  }))
  return new Map(started)
}

const Data = z.record(z.string(), z.string())

/** A job is handed out before its transaction commits, so its worker is woken a moment later. Should the commit take longer, the worker's own look finds it. */
function createWaker(notify: (name: JobName) => void): { wake(name: JobName, ms?: number): void; stop(): void } {
  const timers = new Map<JobName, NodeJS.Timeout>()
  return {
    wake(name, ms = wakeMs) {
      if (timers.has(name)) return
      timers.set(name, setTimeout(() => {
        timers.delete(name)
        notify(name)
      }, ms).unref())
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
    },
  }
}

/** Many operations a second each leave messages; one job per partner and moment is nudge enough, and outside the operations it costs them nothing.
 *  What is told here and lost with the process is found by the clock's job. */
function collectNudges(hand: (partnerIds: string[]) => Promise<void>, report: (error: Error) => void): { tell: Nudger; flush(): Promise<void> } {
  const waiting = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  const flush = async () => {
    clearTimeout(timer)
    timer = undefined
    const partnerIds = [...waiting]
    waiting.clear()
    if (partnerIds.length > 0) await hand(partnerIds).catch((error: unknown) => report(toError(error)))
  }
  return {
    flush,
    tell(partnerIds) {
      for (const partnerId of partnerIds) waiting.add(partnerId)
      timer ??= setTimeout(() => void flush(), wakeMs).unref()
    },
  }
}

function settings(engine: Engine): ConstructorOptions {
  const pglite = 'pglite' in engine && engine.pglite instanceof PGlite ? engine.pglite : undefined
  return {
    db: pglite ? embedded(pglite) : pooled(engine), ...(pglite && { backend: 'pglite' as const }),
    // The library's own upkeep is rare: its tables stay small, dependencies between jobs are not used, and an idle server should be idle.
    superviseIntervalSeconds: 60, monitorIntervalSeconds: 60, maintenanceIntervalSeconds: 3600, flowIntervalSeconds: 3600,
    cronMonitorIntervalSeconds: 30, cronWorkerIntervalSeconds: 15, reindex: false, monitorVacuum: false,
  }
}

/** The queue shares the server's pool: one set of time-outs and error listeners, and one thing to close. */
function pooled(engine: Engine): QueueDatabase {
  return {
    async executeSql(text, values) {
      const answer: unknown = await engine.query(text, values)
      // Several statements are answered by several results.
      return { rows: (Array.isArray(answer) ? answer : [answer]).flatMap(({ rows }) => rows) }
    },
  }
}

function embedded(pglite: PGlite): QueueDatabase {
  return {
    async executeSql(text, values) {
      if (values && values.length > 0) return await pglite.query(text, values)
      // The library's own BEGIN would leave the one connection in a failed transaction for whoever comes next.
      const inner = /^\s*BEGIN;(.*)COMMIT;\s*$/s.exec(text)?.[1]
      const results = inner === undefined ? await pglite.exec(text) : await pglite.transaction((tx) => tx.exec(inner))
      return { rows: results.flatMap(({ rows }) => rows) }
    },
  }
}

function withoutRepeats(onError: (error: Error) => void): (error: Error) => void {
  const recent = new Set<string>()
  return (error) => {
    if (recent.has(error.message)) return
    recent.add(error.message)
    setTimeout(() => recent.delete(error.message), repeatErrorMs).unref()
    onError(error)
  }
}

/** The library also emits plain objects that look like errors. */
function toError(error: unknown): Error {
  if (error instanceof Error) return error
  const message = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error)
  return new Error(message)
}
