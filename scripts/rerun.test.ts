import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

test('whoever saves a file sees the program anew each time, however the editor saves it, and nothing is left behind at the end', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'partner-center-rerun-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const folder = join(directory, 'inner')
  mkdirSync(folder)
  const file = join(folder, 'program.mjs')
  const say = (word: string) => `console.log(${JSON.stringify(word)}, process.pid); setInterval(() => {}, 1000)`
  writeFileSync(file, say('first'))
  const child = spawn(process.execPath, [join(root, 'scripts', 'rerun.mjs'), relative(root, directory), '--', file], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stdout.on('data', (chunk) => (said += String(chunk)))
  const hear = (word: string) => vi.waitFor(() => expect(said).toContain(`${word} `), { timeout: 10_000, interval: 20 })
  await hear('first')
  // Twice, because a program that follows the file and not its name hears of the first replacement only.
  for (const word of ['second', 'third']) {
    writeFileSync(join(directory, 'new'), say(word))
    renameSync(join(directory, 'new'), file)
    await hear(word)
  }
  writeFileSync(file, say('fourth'))
  await hear('fourth')

  child.kill('SIGTERM')
  await once(child, 'close')
  const [, last = ''] = /fourth (\d+)/.exec(said) ?? []
  expect(() => process.kill(Number(last), 0)).toThrow('ESRCH')
})
