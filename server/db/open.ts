import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { OutcomeUnknown } from './errors.ts'
import { Exchanges, type Answer } from './exchange.ts'
import { lockDirectory } from './lock.ts'

/** One connection inside a transaction, of either engine. Results carry bigint for int8 and Date for timestamps. */
export type Connection = {
  /** Statements run in the order of the calls. On PostgreSQL those that nobody awaits in between travel together, and when one fails those behind it are
   *  not run. */
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[]; count: number }>
  /** Kept, and run right before the commit, in its round trip; an error undoes the transaction. @returns what gives the rows once that is committed. */
  last(text: string, values?: unknown[]): () => unknown[]
  /** The commit is answered before it is on the disk. Later commits that wait for the disk bring it along, so nothing acknowledged rests on what may be lost. */
  late(): void
}
export type Question = { text: string; values?: unknown[] }

/** The database, as the rest of the server sees it. */
export type Engine = {
  readonly kind: 'embedded' | 'postgres'
  /** Runs `opening` and `first`, then `work`, then commits. @param first a statement that needs to know nothing: it travels with the opening.
   *  @param ahead asks what can be asked before the opening is answered; on PostgreSQL it travels with it as well.
   *  @returns what `work` returned, with the rows of the last opening statement and those of `first` handed in. */
  transact<T>(opening: readonly Question[], work: (connection: Connection, opened: unknown, found: unknown[]) => Promise<T>, first?: Question, ahead?: (connection: Connection) => void): Promise<T>
  /** Outside any transaction, under the login's own role. For migrations, start checks and the job queue. */
  query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>
  /** Several statements without values, as a migration holds them. */
  script(text: string): Promise<void>
  close(): Promise<void>
}

const int8 = 20, timestamp = 1114, timestamptz = 1184, day = 1082
const parseInstant = (text: string) => new Date(text.includes('T') ? text : `${text.replace(' ', 'T')}`.replace(/([+-]\d\d)$/, '$1:00'))

const parserOf = (oid: number): ((text: string) => unknown) => {
  if (oid === int8) return BigInt
  if (oid === timestamptz || oid === timestamp) return parseInstant
  if (oid === day) return String
  return pg.types.getTypeParser(oid, 'text')
}

/** @returns a name for each text, under which every connection keeps it prepared; undefined for what comes too late. */
function nameTexts(): (text: string) => string | undefined {
  const names = new Map<string, string>()
  return (text) => {
    const known = names.get(text)
    if (known) return known
    // A bound, because texts with lists of varying length would otherwise fill every connection with prepared statements.
    if (names.size >= 400) return undefined
    const name = `q${names.size}`
    names.set(text, name)
    return name
  }
}

/** Opens PostgreSQL. @param url a connection string. @param settings pool size, and who is told of background connection errors. */
export function openPostgres(url: string, settings: { poolMax: number; onError: (error: Error) => void }): Engine {
  const pool = new pg.Pool({
    connectionString: url, max: settings.poolMax, connectionTimeoutMillis: 2000, idleTimeoutMillis: 30_000,
    statement_timeout: 5000, lock_timeout: 2000, idle_in_transaction_session_timeout: 10_000, application_name: 'partner-center',
  })
  // Without both listeners a connection cut by the server ends the whole process.
  pool.on('error', settings.onError)
  pool.on('connect', (client) => client.on('error', settings.onError))
  const nameOf = nameTexts()
  const exchanges = new WeakMap<pg.PoolClient, Exchanges>()
  const exchangesOf = (client: pg.PoolClient): Exchanges => {
    const known = exchanges.get(client) ?? new Exchanges(client, parserOf)
    exchanges.set(client, known)
    return known
  }
  return {
    kind: 'postgres',
    async transact(opening, work, first, ahead) {
      const client = await pool.connect()
      let broken: Error | undefined
      let isOver = false
      const connection = exchangesOf(client)
      const ask = (text: string, values: readonly unknown[] = []): Promise<Answer> => connection.ask({ text, values, name: nameOf(text) })
      const query: Connection['query'] = async (text, values) => {
        if (isOver) throw new Error('a statement came after the end of its transaction')
        return await ask(text, values)
      }
      const { kept, last } = keepLast()
      let mayBeLate = false
      const late = () => { mayBeLate = true }
      try {
        const opens = Promise.all([open(ask, opening), first && ask(first.text, first.values)])
        ahead?.({ query, last, late })
        const [opened, found] = await opens
        const result = await work({ query, last, late }, opened?.rows, found?.rows ?? [])
        isOver = true
        const ending = kept.map(async (one) => { one.rows = (await ask(one.text, one.values)).rows })
        if (mayBeLate) ending.push(ask('set local synchronous_commit = off').then(() => undefined))
        await commit(ending, ask('commit'))
        return result
      } catch (error) {
        const wasEnding = isOver
        isOver = true
        broken = await rollback(ask, error)
        throw wasEnding && broken ? asUnknown(error) : error
      } finally {
        client.release(broken)
      }
    },
    async query(text, values) {
      return await pool.query(text, values)
    },
    async script(text) {
      const client = await pool.connect()
      try {
        await client.query('set statement_timeout = 0; set lock_timeout = 0')
        await client.query(text)
      } catch (error) {
        await client.query('rollback').catch(() => undefined)
        throw error
      } finally {
        // This connection lost its time-outs, so it does not go back to the others.
        client.release(true)
      }
    },
    close: () => pool.end(),
  }
}

type Kept = Question & { rows?: unknown[] }

/** What is run with the commit, and how its rows are seen afterwards. */
function keepLast(): { kept: Kept[]; last: Connection['last'] } {
  const kept: Kept[] = []
  return {
    kept,
    last(text, values) {
      const one: Kept = { text, ...(values && { values }) }
      kept.push(one)
      return () => {
        if (!one.rows) throw new Error('rows were asked for before they were committed')
        return one.rows
      }
    },
  }
}

type Ask = (text: string, values?: readonly unknown[]) => Promise<Answer>

/** @returns the answer to the last of the statements. */
async function open(ask: Ask, opening: readonly Question[]): Promise<Answer | undefined> {
  const answers = await Promise.all([ask('begin'), ...opening.map(({ text, values }) => ask(text, values))])
  return answers.at(-1)
}

/** @param ending statements that were sent with the commit and belong to the transaction: when one fails, the commit is not run. */
async function commit(ending: readonly Promise<unknown>[], committed: Promise<Answer>): Promise<void> {
  try {
    // The first to fail says why; what was sent after it only says that something had failed.
    const [results, last] = await Promise.all([Promise.allSettled(ending), committed.then((answer) => ({ answer, error: undefined }), (error: unknown) => ({ answer: undefined, error }))])
    const failed = results.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
    if (!last.answer) throw last.error
    // PostgreSQL answers COMMIT with ROLLBACK when an error inside was swallowed.
    if (last.answer.command !== 'COMMIT') throw new NotCommitted(`the transaction had failed before, commit was answered with ${last.answer.command}`)
  } catch (error) {
    // An answer with an SQLSTATE is the server's word that nothing was committed (a deferred constraint, say).
    if (error instanceof NotCommitted || error instanceof pg.DatabaseError) throw error
    throw new OutcomeUnknown('the connection was lost during COMMIT', { cause: error })
  }
}

class NotCommitted extends Error {}

/** An error that ended the whole connection, or the database, says nothing of what was on the disk by then. Its severity is told in the database's own
 *  language, so it is known by the connection that is gone. */
const asUnknown = (error: unknown): Error => (error instanceof OutcomeUnknown ? error : new OutcomeUnknown('the connection was lost during COMMIT', { cause: error }))

async function rollback(ask: Ask, error: unknown): Promise<Error | undefined> {
  if (error instanceof OutcomeUnknown) return error
  try {
    await ask('rollback')
    return undefined
  } catch (second) {
    return second instanceof Error ? second : new Error(String(second))
  }
}

/** Opens the embedded database. @param directory where its files lie; `undefined` keeps everything in memory (tests). @param filledFrom the files of another
 *  one, to begin with. Refuses a directory that another process has open. */
export async function openEmbedded(directory: string | undefined, filledFrom?: Blob): Promise<Engine & { pglite: PGlite }> {
  let lock: { close(): void } | undefined
  if (directory !== undefined) {
    process.umask(0o077)
    lock = lockDirectory(directory)
  }
  const parsers = { [int8]: BigInt, [timestamptz]: parseInstant, [timestamp]: parseInstant, [day]: String }
  // One connection and small data: a server's usual share of shared memory would be most of what this process holds.
  const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB']
  const pglite = await PGlite.create(directory === undefined ? 'memory://' : join(directory, 'pg'), { startParams, ...(filledFrom && { loadDataDir: filledFrom }) })
  return {
    kind: 'embedded', pglite,
    transact: (opening, work, first, ahead) => pglite.transaction(async (tx) => {
      const query: Connection['query'] = async (text, values) => {
        const answer = await tx.query(text, values, { parsers })
        // The engine runs on this thread and does not turn the event loop by itself; others must get their turn.
        await new Promise(setImmediate)
        return { rows: answer.rows, count: answer.affectedRows ?? answer.rows.length }
      }
      const { kept, last } = keepLast()
      let opened
      for (const { text, values } of opening) opened = await query(text, values)
      const found = first && (await query(first.text, first.values))
      // The engine answers a commit only when its files are written.
      const connection: Connection = { query, last, late: () => undefined }
      ahead?.(connection)
      const result = await work(connection, opened?.rows, found?.rows ?? [])
      for (const one of kept) one.rows = (await query(one.text, one.values)).rows
      await tx.query('select 1')
      return result
    }),
    async query(text, values) {
      return await pglite.query<Record<string, unknown>>(text, values)
    },
    async script(text) {
      await pglite.exec(text)
    },
    async close() {
      await pglite.close()
      lock?.close()
    },
  }
}
