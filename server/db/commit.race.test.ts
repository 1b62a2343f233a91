import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { OutcomeUnknown, sqlState } from './errors.ts'
import { openPostgres } from './open.ts'
import { sql } from './query.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([], { poolMax: 10 })
})
afterAll(() => app.close())

test('a statement that fails beside the commit is told by its own error, however the answers arrive', async () => {
  const fail = async (): Promise<string | undefined> => {
    try {
      await app.database.inGlobal(async (tx) => {
        tx.last(sql`select 1`)
        tx.last(sql`select 1 / ${0}::int`)
        tx.last(sql`select 2`)
      })
      return 'committed'
    } catch (error) {
      return sqlState(error)
    }
  }
  const told = await Promise.all(Array.from({ length: 100 }, fail))
  expect(new Set(told)).toEqual(new Set(['22012']))
})

/** A message of the protocol: its kind, and what stands in it. */
const message = (kind: string, content: Buffer): Buffer => {
  const head = Buffer.alloc(5, kind)
  head.writeInt32BE(content.length + 4, 1)
  return Buffer.concat([head, content])
}
const ready = message('Z', Buffer.from('I'))
const done = (command: string) => message('C', Buffer.from(`${command}\0`))

/** Takes every statement and says that it was done, but answers COMMIT with this error, and is gone where the error ends more than the statement. */
function pretend(socket: Socket, error: { severity: string; code: string; isEnd: boolean }): void {
  const texts = new Map<string, string>()
  let [waiting, answer, bound, isOpen, hasFailed] = [Buffer.alloc(0), Buffer.alloc(0), '', false, false]
  const take: Record<string, (words: string[]) => void> = {
    P: ([name = '', text = '']) => void texts.set(name, text),
    B: ([, name = '']) => { bound = texts.get(name) ?? '' },
    E() {
      if (hasFailed) return
      hasFailed = bound === 'commit'
      answer = Buffer.concat([answer, hasFailed ? message('E', Buffer.from(`S${error.severity}\0C${error.code}\0Mno more\0\0`)) : done(bound.split(' ')[0]?.toUpperCase() ?? '')])
    },
    S() {
      const isEnd = hasFailed && error.isEnd
      socket.write(isEnd ? answer : Buffer.concat([answer, ready]))
      if (isEnd) socket.end()
      ;[answer, hasFailed] = [Buffer.alloc(0), false]
    },
  }
  socket.on('error', () => undefined)
  socket.on('data', (bytes) => {
    waiting = Buffer.concat([waiting, bytes])
    for (let at = isOpen ? 1 : 0; waiting.length >= at + 4 && waiting.length >= at + waiting.readInt32BE(at); at = 1) {
      const end = at + waiting.readInt32BE(at)
      if (isOpen) take[waiting.toString('latin1', 0, 1)]?.(waiting.toString('utf8', 5, end).split('\0'))
      else socket.write(Buffer.concat([message('R', Buffer.alloc(4)), ready]))
      waiting = waiting.subarray(end)
      isOpen = true
    }
  })
}

async function commitAt(error: { severity: string; code: string; isEnd: boolean }): Promise<unknown> {
  const server = createServer((socket) => pretend(socket, error)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const engine = openPostgres(`postgres://somebody@127.0.0.1:${typeof address === 'object' ? address?.port : 0}/any`, { poolMax: 1, onError: () => undefined })
  onTestFinished(async () => {
    await engine.close()
    server.close()
  })
  return await engine.transact([], async ({ query }) => await query('insert into anything values (1)')).then(() => 'committed', (thrown: unknown) => thrown)
}

test.each([
  ['the connection is ended', { severity: 'FATAL', code: '57P01', isEnd: true }], ['the connection is ended by a database that speaks Chinese', { severity: '致命错误', code: '57P01', isEnd: true }],
  ['the database ends because the disk failed', { severity: 'PANIC', code: '58030', isEnd: true }], ['the database ends because the disk is full', { severity: 'PANIC', code: '53100', isEnd: true }],
])('nobody says what became of a commit during which %s', async (_what, error) => {
  expect(await commitAt(error)).toBeInstanceOf(OutcomeUnknown)
})

test('what the database itself refuses at the commit has not happened, and is told by its own error', async () => {
  expect(sqlState(await commitAt({ severity: 'ERROR', code: '23514', isEnd: false }))).toBe('23514')
})
