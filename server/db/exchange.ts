import type pg from 'pg'

/** A statement with its values, and the name under which the connection keeps it prepared. */
export type Question = { text: string; values: readonly unknown[]; name: string | undefined }
export type Answer = { rows: Record<string, unknown>[]; count: number; /** What was done, such as COMMIT. */ command: string }

/** How the columns of a prepared statement are named and read. */
type Column = { name: string; parse(text: string): unknown }
type Asked = Question & { columns: readonly Column[] | undefined; rows: Record<string, unknown>[]; resolve(answer: Answer): void; reject(error: Error): void }
type FieldDescription = { name: string; dataTypeID: number }
export type ParserOf = (oid: number) => (text: string) => unknown

/** One connection, asked in exchanges: what is asked until the next turn goes out as one packet with one end mark, and so it is answered by one packet.
 *  A packet costs both sides more than most statements do, and the driver marks the end of each statement. What was described once is not described again.
 *  When a statement fails, those behind it in the exchange are not run. */
export class Exchanges {
  readonly #client: pg.ClientBase
  readonly #parserOf: ParserOf
  /** What this connection keeps prepared. */
  readonly #known = new Map<string, readonly Column[]>()
  #waiting: Asked[] = []
  #isUnderWay = false

  constructor(client: pg.ClientBase, parserOf: ParserOf) {
    this.#client = client
    this.#parserOf = parserOf
  }

  /** @returns the answer. Refuses with the database's error, of this statement or of an earlier one of the exchange. */
  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0 && !this.#isUnderWay) process.nextTick(() => this.#send())
      this.#waiting.push({ ...question, columns: question.name === undefined ? undefined : this.#known.get(question.name), rows: [], resolve, reject })
    })
  }

  #send(): void {
    if (this.#isUnderWay || this.#waiting.length === 0) return
    this.#isUnderWay = true
    const asked = this.#waiting
    this.#waiting = []
    this.#client.query(new Exchange(asked, this.#parserOf, this.#known, () => {
      this.#isUnderWay = false
      this.#send()
    }))
  }
}

/** What the driver needs of a query of one's own: it hands on the messages that answer it. */
class Exchange implements pg.Submittable {
  readonly #asked: readonly Asked[]
  readonly #parserOf: ParserOf
  readonly #known: Map<string, readonly Column[]>
  readonly #end: () => void
  #place = 0

  constructor(asked: readonly Asked[], parserOf: ParserOf, known: Map<string, readonly Column[]>, end: () => void) {
    this.#asked = asked
    this.#parserOf = parserOf
    this.#known = known
    this.#end = end
  }

  submit(connection: pg.Connection): void {
    connection.stream.cork()
    for (const { text, values, name, columns } of this.#asked) {
      const statement = name ?? ''
      if (!columns) {
        // Nobody knows whether one that failed before was kept.
        if (name !== undefined) connection.close({ type: 'S', name }, true)
        connection.parse({ name: statement, text, types: [] }, true)
      }
      connection.bind({ statement, values: values.map(encode) }, true)
      if (!columns) connection.describe({ type: 'P' }, true)
      connection.execute(null, true)
    }
    connection.sync()
    connection.stream.uncork()
  }

  handleRowDescription({ fields }: { fields: readonly FieldDescription[] }): void {
    const asked = this.#current()
    asked.columns = fields.map(({ name, dataTypeID }) => ({ name, parse: this.#parserOf(dataTypeID) }))
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const { columns = [], rows } = this.#current()
    const row: Record<string, unknown> = {}
    for (let place = 0; place < columns.length; place += 1) {
      const column = columns[place]
      const value = fields[place]
      if (column) row[column.name] = value === null || value === undefined ? null : column.parse(value)
    }
    rows.push(row)
  }

  handleCommandComplete({ text }: { text: string }): void {
    const { name, columns = [], rows, resolve } = this.#current()
    if (name !== undefined) this.#known.set(name, columns)
    this.#place += 1
    const [command = '', ...numbers] = text.split(' ')
    resolve({ rows, command, count: Number(numbers.at(-1) ?? 0) || 0 })
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' })
  }

  handleReadyForQuery(): void {
    this.#end()
  }

  /** The failure belongs to the statement that is being answered. Nothing further comes but the sign that the connection is ready. */
  handleError(error: Error): void {
    const [failed, ...skipped] = this.#asked.slice(this.#place)
    if (failed?.name !== undefined) this.#known.delete(failed.name)
    this.#place = this.#asked.length
    // The trace would begin in the driver, which nobody looks for.
    Error.captureStackTrace(error)
    failed?.reject(error)
    // Told alike, because nobody can say which of them whoever waits for several hears of first.
    for (const { reject } of skipped) reject(error)
    this.#end()
  }

  #current(): Asked {
    const asked = this.#asked[this.#place]
    if (!asked) throw new Error('the database answered what nobody asked')
    return asked
  }
}

/** @returns the value as PostgreSQL reads it, a time in UTC. */
function encode(value: unknown): string | Buffer | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  if (Array.isArray(value)) return `{${value.map(encodeElement).join()}}`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function encodeElement(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map(encodeElement).join()}}`
  const text = encode(value)
  if (text === null) return 'NULL'
  return typeof text === 'string' ? `"${text.replace(/[\\"]/g, '\\$&')}"` : `"\\\\x${text.toString('hex')}"`
}
