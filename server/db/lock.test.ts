import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { StartRefused } from '#server/start-refused.ts'
import { lockDirectory } from './lock.ts'

let parent: string
let directory: string
const children: ChildProcess[] = []

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'partner-center-lock-'))
  directory = join(parent, 'data')
})

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(parent, { recursive: true, force: true })
})

test('a second server is refused with the directory and the way out, for as long as the first one runs', async () => {
  await holdInAnotherProcess()

  expect(() => lockDirectory(directory)).toThrow(StartRefused)
  expect(() => lockDirectory(directory)).toThrow(directory)
  expect(() => lockDirectory(directory)).toThrow('DATABASE_URL')
})

test('a server that was merely stopped for a while still holds its directory', async () => {
  const holder = await holdInAnotherProcess()
  holder.kill('SIGSTOP')

  expect(() => lockDirectory(directory)).toThrow(StartRefused)
})

test('after a server was killed its directory can be used at once', async () => {
  const holder = await holdInAnotherProcess()
  const gone = once(holder, 'exit')
  holder.kill('SIGKILL')
  await gone

  expect(() => lockDirectory(directory).close()).not.toThrow()
})

test('within one process a directory is taken once, and again after it was closed', () => {
  const lock = lockDirectory(directory)
  expect(() => lockDirectory(directory)).toThrow(StartRefused)
  lock.close()

  expect(() => lockDirectory(directory).close()).not.toThrow()
})

test('a refused attempt does not free the lock of the process that holds it', async () => {
  const lock = lockDirectory(directory)
  expect(() => lockDirectory(directory)).toThrow(StartRefused)

  await expect(holdInAnotherProcess()).rejects.toThrow('StartRefused')
  lock.close()
})

test('other users of the machine can read neither the directory nor the lock', () => {
  mkdirSync(directory, { mode: 0o755 })
  chmodSync(directory, 0o755)
  lockDirectory(directory).close()

  expect(statSync(directory).mode & 0o777).toBe(0o700)
  expect(statSync(join(directory, 'lock')).mode & 0o777).toBe(0o600)
})

test('a directory that is open to others and full of foreign files keeps its permissions and is refused', () => {
  mkdirSync(directory)
  chmodSync(directory, 0o755)
  writeFileSync(join(directory, 'holiday.jpg'), '')

  expect(() => lockDirectory(directory)).toThrow('chmod 700')
  expect(statSync(directory).mode & 0o777).toBe(0o755)
  expect(existsSync(join(directory, 'lock'))).toBe(false)
})

async function holdInAnotherProcess(): Promise<ChildProcess> {
  const code = `
    import { lockDirectory } from '#server/db/lock.ts'
    globalThis.held = lockDirectory(${JSON.stringify(directory)})
    console.log('held')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let said = ''
  child.stderr.on('data', (chunk) => (said += String(chunk)))
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => {
      throw new Error(said)
    }),
  ])
  return child
}
