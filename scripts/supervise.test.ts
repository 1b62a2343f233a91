import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const install = fileURLToPath(new URL('./install.mjs', import.meta.url))

/** A process that supervises children made of the given programs, and what it printed until it ended. */
function supervising(programs: string[], { graceSeconds = 5, command = process.execPath } = {}) {
  const commands = JSON.stringify(programs.map((program) => ({ command, args: ['--eval', program] })))
  const code = `import { supervise } from ${JSON.stringify(install)}
    process.exitCode = await supervise(${commands}, ${graceSeconds})`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', (chunk) => (said += String(chunk)))
  child.stderr.on('data', (chunk) => (said += String(chunk)))
  const started = once(child.stdout, 'data')
  const ended = once(child, 'close').then(([exitCode]) => ({ exitCode, said }))
  return { child, started, ended }
}

const drains = (signal: string, exitCode: number) => `
  process.on('${signal}', () => { console.log('drained'); process.exit(${exitCode}) })
  setInterval(() => {}, 1000); console.log('up')`
const staysUp = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')"

test.each(['SIGTERM', 'SIGINT'] as const)('a server that is told to stop by %s finishes its work, and its exit code is handed on', async (signal) => {
  const { child, started, ended } = supervising([drains(signal, 3)])
  await started
  child.kill(signal)

  expect(await ended).toEqual({ exitCode: 3, said: 'up\ndrained\n' })
})

test('a server that does not stop in time is ended by force, and that is no success', async () => {
  const { child, started, ended } = supervising([staysUp], { graceSeconds: 0.2 })
  await started
  child.kill('SIGTERM')

  const { exitCode, said } = await ended
  expect(exitCode).toBe(137)
  expect(said).toContain('by force')
})

test('when one of two ends by itself, the other is told to stop', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'partner-center-supervise-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const ready = JSON.stringify(join(directory, 'ready'))
  const { ended } = supervising([
    `${drains('SIGTERM', 0)}; require('node:fs').writeFileSync(${ready}, '')`,
    `setInterval(() => require('node:fs').existsSync(${ready}) && process.exit(4), 20)`,
  ])

  const { exitCode, said } = await ended
  expect(exitCode).toBe(4)
  expect(said).toContain('drained')
})

test('a program that cannot be started is a failure, not silence', async () => {
  const { exitCode, said } = await supervising([''], { command: 'no-such-program' }).ended

  expect(exitCode).toBe(1)
  expect(said).toContain('no-such-program')
})
