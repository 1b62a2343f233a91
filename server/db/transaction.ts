import * as z from 'zod/mini'
import { mayRetry } from './errors.ts'
import type { Connection, Engine, Question } from './open.ts'
import { toStatement, type SQL } from './query.ts'

/** Inside one transaction: the only way to the database. Always an argument, never imported. */
export type Tx = {
  readonly kind: Engine['kind']
  /** Runs a statement. @returns its rows, in the shape the statement itself declares. */
  rows<T>(query: SQL): Promise<T[]>
  /** Runs a statement that returns nothing of interest. @returns how many rows it touched. */
  run(query: SQL): Promise<number>
  /** Runs a statement together with the commit, in one round trip. For what others wait for from then on, such as the end of a chain: nothing that
   *  is decided in this transaction may depend on it. @returns what gives the rows after the commit, and throws before. */
  last<T>(query: SQL): () => T[]
  /** This transaction may be answered before it is on the disk: for what does nobody harm when a crash of the database takes it back, because whoever
   *  relies on it writes again first. Others need not wait for the disk while it holds the end of a chain. */
  late(): void
  /** Text with numbered places, for the job queue's own statements. */
  raw(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
  /** Hands a job to the queue: it exists exactly if this transaction commits. */
  job(queue: JobName, data: Record<string, string>, options?: JobOptions): Promise<void>
  /** Tells those who send messages that some of this partner's wait, once this transaction has committed. */
  nudge(partnerId: string): void
  /** Work that may fail without losing the transaction. */
  savepoint<T>(work: () => Promise<T>): Promise<T>
}

/** Told of partners whose messages wait. A process that dies before it has told is made up for by the clock, which looks once a minute. */
export type Nudger = (partnerIds: readonly string[]) => void

export type JobName = 'message.send' | 'export.build' | 'export.expire' | 'ledger.check' | 'handover.run' | 'coupon.end' | 'incentive.run' | 'sweep' | 'payout.run'
type JobOptions = { /** Two jobs with the same key while one waits are one. */ singletonKey?: string; startAfterSeconds?: number }
/** How a job is written by a transaction's own connection. Given by the job queue once it runs. */
export type JobSender = (name: JobName, data: Record<string, string>, options: JobOptions, raw: Tx['raw']) => Promise<void>

/** The one clock. In production `at` is the identity; tests and the demo shift it, and every life, lock and limit follows. */
export type Clock = { at(databaseNow: Date): Date }
export const databaseClock: Clock = { at: (now) => now }

export type Database = {
  readonly engine: Engine
  /** Called once by the job queue (or a test's recorder) before anything hands out jobs. */
  useJobs(sender: JobSender, nudger: Nudger): void
  /** A transaction under the application's role that sees only these partners' rows. `now` is the database's time, by the clock. */
  inTenant<T>(partnerId: string | readonly string[], work: (tx: Tx, now: Date) => Promise<T>): Promise<T>
  /** As inTenant, and every statement sees the same moment, so that many reads agree with each other. */
  inSnapshot<T>(partnerId: string | readonly string[], work: (tx: Tx, now: Date) => Promise<T>): Promise<T>
  /** The same without any partner: only the global tables can be seen.
   *  @param first a statement that is run before anything else, in the round trip that opens the transaction; its rows are `found`.
   *  @param ahead asks, in the same round trip and after `first`, what needs to know neither the time nor `found`. Called anew when the transaction runs again. */
  inGlobal<T>(work: (tx: Tx, now: Date, found: unknown[]) => Promise<T>, first?: SQL, ahead?: (tx: Tx) => void): Promise<T>
}

const Uuid = z.uuid()
const open = `select set_config('role', 'app', true), set_config('app.partner_ids', $1, true), (extract(epoch from now()) * 1000)::bigint::text as ms`
const snapshot: Question = { text: 'set transaction isolation level repeatable read' }

/** @param engine an opened database. @param clock usually databaseClock. @returns the transactions the server works in. */
export function createDatabase(engine: Engine, clock: Clock = databaseClock): Database {
  let sender: JobSender | undefined
  let nudger: Nudger | undefined
  const run = async <T>(partnerIds: readonly string[], work: (tx: Tx, now: Date, found: unknown[]) => Promise<T>, isolation: readonly Question[] = [], first?: SQL, ahead?: (tx: Tx) => void): Promise<T> => {
    const opening = [...isolation, { text: open, values: [`{${partnerIds.map((id) => Uuid.parse(id)).join()}}`] }]
    for (let attempt = 1; ; attempt += 1) {
      try {
        const nudged = new Set<string>()
        const txOf = (connection: Connection): Tx => toTx(engine.kind, connection, () => sender, nudged)
        const result = await engine.transact(opening, (connection, opened, found) => work(txOf(connection), clock.at(readNow(opened)), found), first && toStatement(first), ahead && ((connection) => ahead(txOf(connection))))
        if (nudged.size > 0) nudger?.([...nudged])
        return result
      } catch (error) {
        if (attempt >= 4 || !mayRetry(error)) throw error
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 40 * attempt))
      }
    }
  }
  return {
    engine,
    useJobs(given, told) {
      sender = given
      nudger = told
    },
    inTenant: (partnerId, work) => run(typeof partnerId === 'string' ? [partnerId] : partnerId, work),
    inSnapshot: (partnerId, work) => run(typeof partnerId === 'string' ? [partnerId] : partnerId, work, [snapshot]),
    inGlobal: (work, first, ahead) => run([], work, [], first, ahead),
  }
}

const Opened = z.tuple([z.object({ ms: z.string() })])
const readNow = (opened: unknown): Date => new Date(Number(Opened.parse(opened)[0].ms))

function toTx(kind: Engine['kind'], connection: Connection, sender: () => JobSender | undefined, nudged: Set<string>): Tx {
  let depth = 0
  const raw: Tx['raw'] = (text, values) => connection.query(text, values)
  return {
    kind,
    async rows<T>(query: SQL) {
      const { text, values } = toStatement(query)
      const { rows } = await connection.query(text, values)
      // oxlint-disable-next-line typescript/consistent-type-assertions -- the statement is the source of the row's shape; the compiler cannot read SQL
      return rows as T[]
    },
    async run(query) {
      const { text, values } = toStatement(query)
      return (await connection.query(text, values)).count
    },
    last<T>(query: SQL) {
      const { text, values } = toStatement(query)
      const rows = connection.last(text, values)
      // oxlint-disable-next-line typescript/consistent-type-assertions -- as with `rows`
      return () => rows() as T[]
    },
    late: () => connection.late(),
    raw,
    async job(name, data, options = {}) {
      const send = sender()
      // Silence here would lose a message whose effect stands.
      if (!send) throw new Error(`the job ${name} was handed out before the queue was started`)
      await send(name, data, options, raw)
    },
    nudge: (partnerId) => void nudged.add(partnerId),
    async savepoint(work) {
      depth += 1
      const name = `s${depth}`
      // Not awaited: the work's first statement travels with it, and fails when this one did.
      connection.query(`savepoint ${name}`).catch(() => undefined)
      try {
        // Not released: the commit does that, and a later savepoint of the same name hides this one.
        return await work()
      } catch (error) {
        await connection.query(`rollback to savepoint ${name}`)
        throw error
      } finally {
        depth -= 1
      }
    },
  }
}
