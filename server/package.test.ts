import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { packedFiles } from '#server/testing/packed.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const packed = packedFiles()

/** @returns the files of ours that a file imports, and whether only while it runs. */
function importsOf(path: string): { path: string; isLate: boolean }[] {
  const text = readFileSync(join(root, path), 'utf8')
  return [...text.matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\()'([#.][^']+)'/g)].map(([statement, name = '']) => ({
    path: name.startsWith('#') ? name.slice(1) : relative(root, join(root, dirname(path), name)), isLate: statement.startsWith('import('),
  }))
}

/** Everything that starts with these files, not looking into the aids. @returns each file with whoever imports it. */
function reachable(entries: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>(entries.map((entry) => [entry, []]))
  for (const [path] of found) {
    if (path.startsWith('server/dev/') || !existsSync(join(root, path)) || !path.endsWith('.ts')) continue
    for (const { path: next, isLate } of importsOf(path)) found.set(next, [...(found.get(next) ?? []), isLate ? `${path} (late)` : path])
  }
  return found
}

test('the packed product has no aids of development, no invented people, no tests and no measurements', () => {
  expect(packed.filter((path) => /^(src|e2e|bench|scripts|test-results|data)\/|^server\/(dev|testing)\/|^server\/db\/seed|\.test\.tsx?$|\/testing-|\.map$|^\.env$/.test(path))).toEqual([])
  const texts = packed.filter((path) => /\.(ts|js|sql)$/.test(path)).filter((path) => /demo-partner-center|outbox\.css/.test(readFileSync(join(root, path), 'utf8')))
  expect(texts).toEqual([])
})

test('the packed product has everything that server and operator commands load, and nothing in it needs the aids but by name, outside production', () => {
  // The last is started by name, as a process of its own.
  const needed = reachable(['server/main.ts', 'server/admin/main.ts', 'server/licences/read-main.ts', 'server/spreadsheets/read-main.ts'])
  expect(needed.size).toBeGreaterThan(100)
  // What development loads hangs on one import, and that one is made while running.
  expect([...needed].filter(([path]) => !packed.includes(path))).toEqual([['server/dev/aids.ts', ['server/main.ts (late)']]])
  expect(readFileSync(join(root, 'server/main.ts'), 'utf8')).toContain('env.isProduction ? undefined : await loadAids(env)')
  for (const file of readdirSync(join(root, 'server/db/migrations')).filter((name) => name.endsWith('.sql'))) expect(packed).toContain(`server/db/migrations/${file}`)
  expect(packed).toContain('server/db/migrations/meta/_journal.json')
})
