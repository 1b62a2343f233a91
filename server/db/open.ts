import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { OutcomeUnknown } from './errors.ts'
import { lockDirectory } from './lock.ts'

/** One connection inside a transaction, of either engine. Results carry bigint for int8 and Date for timestamps. */
export type Connection = {
  /** Statements run in the order of the calls. On PostgreSQL those that nobody awaits in between travel together. */
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[]; count: number }>
  /** Kept, and run right before the commit, in its round trip. Nobody sees the result; an error undoes the transaction. */
  last(text: string, values?: unknown[]): void
  /** The commit is answered before it is on the disk. Later commits that wait for the disk bring it along, so nothing acknowledged rests on what may be lost. */
  late(): void
}
type Question = { text: string; values?: unknown[] }

/** The database, as the rest of the server sees it. */
export type Engine = {
  readonly kind: 'embedded' | 'postgres'
  /** Runs `opening` and `first`, then `work`, then commits. @param first a statement that needs to know nothing: it travels with the opening.
   *  @returns what `work` returned, with the rows of the last opening statement and those of `first` handed in. */
  transact<T>(opening: string, work: (connection: Connection, opened: unknown, found: unknown[]) => Promise<T>, first?: Question): Promise<T>
  /** Outside any transaction, under the login's own role. For migrations, start checks and the job queue. */
  query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>
  /** Several statements without values, as a migration holds them. */
  script(text: string): Promise<void>
  close(): Promise<void>
}

const int8 = 20, timestamp = 1114, timestamptz = 1184, day = 1082
const parseInstant = (text: string) => new Date(text.includes('T') ? text : `${text.replace(' ', 'T')}`.replace(/([+-]\d\d)$/, '$1:00'))

const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === int8) return BigInt
    if (oid === timestamptz || oid === timestamp) return parseInstant
    if (oid === day) return String
    return pg.types.getTypeParser(oid, format === 'binary' ? 'text' : format)
  },
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
    connectionString: url, max: settings.poolMax, connectionTimeoutMillis: 2000, idleTimeoutMillis: 30_000, pipeline: true,
    statement_timeout: 5000, lock_timeout: 2000, idle_in_transaction_session_timeout: 10_000, application_name: 'partner-center',
  })
  // Without both listeners a connection cut by the server ends the whole process.
  pool.on('error', settings.onError)
  pool.on('connect', (client) => client.on('error', settings.onError))
  const nameOf = nameTexts()
  return {
    kind: 'postgres',
    async transact(opening, work, first) {
      const client = await pool.connect()
      let broken: Error | undefined
      let isOver = false
      const query: Connection['query'] = async (text, values) => {
        if (isOver) throw new Error('a statement came after the end of its transaction')
        const name = values ? nameOf(text) : undefined
        packTogether(client)
        const answer = await client.query({ text, ...(values && { values }), ...(name && { name }), types })
        return { rows: answer.rows, count: answer.rowCount ?? 0 }
      }
      const kept: Question[] = []
      const last: Connection['last'] = (text, values) => void kept.push({ text, ...(values && { values }) })
      let probe = 'select 1'
      const late = () => { probe = 'set local synchronous_commit = off' }
      try {
        packTogether(client)
        const [opened, found]: [unknown, { rows: unknown[] } | undefined] = await Promise.all([client.query(`begin; ${opening}`), first && query(first.text, first.values)])
        const result = await work({ query, last, late }, Array.isArray(opened) ? opened.at(-1)?.rows : undefined, found?.rows ?? [])
        const ending = kept.map(({ text, values }) => query(text, values))
        isOver = true
        await commit(client, ending, probe)
        return result
      } catch (error) {
        isOver = true
        broken = await rollback(client, error)
        throw error
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

/** What is sent until the next turn goes out as one packet: each one costs both sides more than most statements do. */
function packTogether({ connection: { stream } }: pg.PoolClient): void {
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/** @param ending statements that were sent and belong to the transaction. @param probe a statement that fails where an earlier one did. */
async function commit(client: pg.PoolClient, ending: readonly Promise<unknown>[], probe: string): Promise<void> {
  try {
    // PostgreSQL answers COMMIT with ROLLBACK when an error inside was swallowed, and when one of the ending statements failed. The probe before it,
    // in the same round trip, fails in that case.
    // The first to fail says why; what was sent after it only says that something had failed. In one packet their answers come in any order.
    const results = await Promise.allSettled<unknown>([...ending, client.query(`${probe}; commit`)])
    const failed = results.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
    const last = results.at(-1)
    const answers = last?.status === 'fulfilled' ? last.value : undefined
    const command: unknown = Array.isArray(answers) ? answers.at(-1)?.command : undefined
    if (command !== 'COMMIT') throw new Error(`commit was answered with ${String(command)}`)
  } catch (error) {
    // An answer with an SQLSTATE is the server's word that nothing was committed (a deferred constraint, say).
    if (error instanceof pg.DatabaseError && error.severity !== 'FATAL') throw error
    throw new OutcomeUnknown('the connection was lost during COMMIT', { cause: error })
  }
}

async function rollback(client: pg.PoolClient, error: unknown): Promise<Error | undefined> {
  if (error instanceof OutcomeUnknown) return error
  try {
    await client.query('rollback')
    return undefined
  } catch (second) {
    return second instanceof Error ? second : new Error(String(second))
  }
}

/** Opens the embedded database. @param directory where its files lie; `undefined` keeps everything in memory (tests).
 *  Refuses a directory that another process has open. */
export async function openEmbedded(directory: string | undefined): Promise<Engine & { pglite: PGlite }> {
  let lock: { close(): void } | undefined
  if (directory !== undefined) {
    process.umask(0o077)
    lock = lockDirectory(directory)
  }
  const parsers = { [int8]: BigInt, [timestamptz]: parseInstant, [timestamp]: parseInstant, [day]: String }
  // One connection and small data: a server's usual share of shared memory would be most of what this process holds.
  const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB']
  const pglite = await PGlite.create(directory === undefined ? 'memory://' : join(directory, 'pg'), { startParams })
  return {
    kind: 'embedded', pglite,
    transact: (opening, work, first) => pglite.transaction(async (tx) => {
      const query: Connection['query'] = async (text, values) => {
        const answer = await tx.query(text, values, { parsers })
        // The engine runs on this thread and does not turn the event loop by itself; others must get their turn.
        await new Promise(setImmediate)
        return { rows: answer.rows, count: answer.affectedRows ?? answer.rows.length }
      }
      const kept: Question[] = []
      const opened = await tx.exec(opening)
      const found = first && (await query(first.text, first.values))
      // The engine answers a commit only when its files are written.
      const late = () => undefined
      const result = await work({ query, last: (text, values) => void kept.push({ text, ...(values && { values }) }), late }, opened.at(-1)?.rows, found?.rows ?? [])
      for (const { text, values } of kept) await query(text, values)
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
