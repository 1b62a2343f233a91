import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'
import { beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

describe('the linter reports each planted violation', () => {
  const restricted = 'eslint(no-restricted-imports)'
  const assertions = 'typescript(consistent-type-assertions)'
  const longFunction = `export function long() {\n${"  use('line')\n".repeat(70)}}\n`
  const longFile = "use('line')\n".repeat(301)

  // Path, text, and the rule that must object; undefined: nobody may object.
  const planted: [path: string, text: string, rule: string | undefined][] = [
    ['contract/node.ts', "import { join } from 'node:path'\nexport const a = join('a')\n", restricted],
    ['contract/full-zod.ts', "import { z } from 'zod'\nexport const a = z.string()\n", restricted],
    ['contract/full-zod-4.ts', "import { z } from 'zod/v4'\nexport const a = z.string()\n", restricted],
    ['contract/react.ts', "import { useId } from 'react'\nexport const a = useId\n", restricted],
    ['contract/server.ts', "import { a } from '#server/app.ts'\nexport const b = a\n", restricted],
    ['contract/console.ts', "import { a } from '#src/paths.ts'\nexport const b = a\n", restricted],
    ['contract/itself.ts', "import { a } from '#contract/page.ts'\nexport const b = a\n", restricted],
    ['contract/good.ts', "import * as z from 'zod/mini'\nimport { a } from './page.ts'\nexport const b = z.array(a)\n", undefined],

    ['src/api/server.ts', "import { a } from '#server/app.ts'\nexport const b = a\n", restricted],
    ['src/api/later.ts', "export const later = () => import('#server/app.ts')\n", restricted],
    ['src/api/node.ts', "import { join } from 'node:path'\nexport const a = join('a')\n", restricted],
    ['src/api/full-zod.ts', "import { z } from 'zod'\nexport const a = z.string()\n", restricted],
    ['src/api/hono.ts', "import { Hono } from 'hono'\nexport const a = Hono\n", restricted],
    ['src/components/Feature.tsx', "import { a } from '#src/features/funds/rules.ts'\nexport const b = a\n", restricted],
    ['src/features/funds/other.ts', "import { a } from '#src/features/customers/list.ts'\nexport const b = a\n", restricted],
    ['src/features/funds/later.ts', "export const later = () => import('#src/features/customers/list.ts')\n", restricted],
    ['src/routes.tsx', "export const page = () => import('#src/features/customers/CustomersPage.tsx')\n", undefined],
    ['src/features/funds/good.ts', "import { a } from './own.ts'\nimport { b } from '#contract/money.ts'\nexport const c = [a, b]\n", undefined],

    ['server/http/console.ts', "import { a } from '#src/paths.ts'\nexport const b = a\n", restricted],
    ['server/http/feature.ts', "import { a } from '#server/features/funds/store.ts'\nexport const b = a\n", restricted],
    ['server/http/operation.ts', "import { a } from '#server/operations/disassociate.ts'\nexport const b = a\n", restricted],
    ['server/http/dev.ts', "import { a } from '#server/dev/outbox.ts'\nexport const b = a\n", restricted],
    ['server/http/react.ts', "import { useId } from 'react'\nexport const a = useId\n", restricted],
    ['server/features/funds/other.ts', "import { a } from '#server/features/customers/store.ts'\nexport const b = a\n", restricted],
    ['server/features/funds/dev.ts', "import { a } from '#server/dev/outbox.ts'\nexport const b = a\n", restricted],
    ['server/features/funds/rules.ts', "import { a } from '#server/db/open.ts'\nexport const b = a\n", restricted],
    ['server/features/coupons/rules.ts', "import { sql } from 'drizzle-orm'\nexport const a = sql\n", restricted],
    ['server/features/orders/rules.ts', "import { readFileSync } from 'node:fs'\nexport const a = readFileSync\n", restricted],
    ['server/features/home/rules.ts', "import { a } from '#contract/money.ts'\nexport const b = a\n", undefined],
    ['server/operations/routes.ts', "import { a } from '#server/features/funds/routes.ts'\nexport const b = a\n", restricted],
    ['server/operations/store.ts', "import { a } from '#server/features/funds/store.ts'\nexport const b = a\n", undefined],
    ['server/app.ts', "import { a } from '#server/features/funds/store.ts'\nexport const b = a\n", undefined],
    ['server/main.ts', "import { a } from '#src/paths.ts'\nexport const b = a\n", restricted],
    ['server/features/funds/clock.ts', 'export const a = () => Date.now()\n', 'eslint(no-restricted-properties)'],
    ['server/ledger/rows.ts', 'export async function a(b: Promise<void>[]) {\n  for (const c of b) await c\n}\n', 'eslint(no-await-in-loop)'],

    ['server/http/parent.ts', "import { a } from '../env.ts'\nexport const b = a\n", 'import(no-relative-parent-imports)'],
    ['server/http/ring-a.ts', "import { b } from './ring-b.ts'\nexport const a = () => b\n", 'import(no-cycle)'],
    ['server/http/ring-b.ts', "import { a } from './ring-a.ts'\nexport const b = () => a\n", 'import(no-cycle)'],
    ['server/http/barrel.ts', "export * from './ring-a.ts'\n", 'oxc(no-barrel-file)'],
    ['server/http/default.ts', 'export default 1\n', 'import(no-default-export)'],
    ['e2e/playwright.config.ts', 'export default { a: 1 }\n', undefined],
    ['server/http/any.ts', 'export const a = (b: any) => b\n', 'typescript(no-explicit-any)'],
    ['server/http/cast.ts', "export const a = JSON.parse('1') as string\n", assertions],
    ['server/http/angle.ts', "export const a = <string>JSON.parse('1')\n", assertions],
    ['server/http/const.ts', "export const a = ['b'] as const\n", undefined],
    ['server/http/bang.ts', 'export const a = (b?: string) => b!.length\n', 'typescript(no-non-null-assertion)'],
    ['server/http/ignore.ts', '// @ts-ignore -- because\nexport const a = 1\n', 'typescript(ban-ts-comment)'],
    ['server/http/expect.ts', '// @ts-expect-error\nexport const a = 1\n', 'typescript(ban-ts-comment)'],
    ['server/http/console.log.ts', "console.log('a')\n", 'eslint(no-console)'],
    ['src/lib/console.ts', "console.warn('a')\n", 'eslint(no-console)'],
    ['scripts/console.mjs', "console.log('a')\n", undefined],
    ['server/admin/console.ts', "console.log('a')\n", undefined],
    ['server/http/long-file.ts', longFile, 'eslint(max-lines)'],
    ['server/http/long-function.ts', longFunction, 'eslint(max-lines-per-function)'],
    ['server/http/unused.ts', '// oxlint-disable-next-line no-console -- nothing is printed here\nexport const a = 1\n', 'unused'],
    ['server/http/only.test.ts', "import { test, expect } from 'vitest'\ntest.only('a', () => expect(1).toBe(1))\n", 'vitest(no-focused-tests)'],
    ['server/http/skip.test.ts', "import { test, expect } from 'vitest'\ntest.skip('a', () => expect(1).toBe(1))\n", 'vitest(no-disabled-tests)'],
    ['src/lib/hook.ts', "import { useId } from 'react'\nexport function useA(b: boolean) {\n  if (b) useId()\n}\n", 'react-hooks(rules-of-hooks)'],
  ]
  const Report = z.object({ diagnostics: z.array(z.object({ code: z._default(z.string(), 'unused'), filename: z.string(), message: z.string() })) })
  const reported = new Map<string, string[]>()

  beforeAll(() => {
    const copy = mkdtempSync(join(tmpdir(), 'partner-center-lint-'))
    for (const file of ['.oxlintrc.json', 'package.json', 'tsconfig.json']) copyFileSync(join(root, file), join(copy, file))
    for (const [path, text] of planted) {
      mkdirSync(dirname(join(copy, path)), { recursive: true })
      writeFileSync(join(copy, path), text)
    }
    const { stdout } = spawnSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '--format=json'], { cwd: copy, encoding: 'utf8' })
    rmSync(copy, { recursive: true, force: true })
    for (const { code, filename } of z.parse(Report, JSON.parse(stdout)).diagnostics) {
      reported.set(filename, [...(reported.get(filename) ?? []), code])
    }
  })

  test.each(planted)('%s', (path, _text, rule) => {
    const said = reported.get(path) ?? []
    expect(rule === undefined ? said : said.filter((code) => code === rule).slice(0, 1)).toEqual(rule === undefined ? [] : [rule])
  })
})

describe('every file of the repository', () => {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((path) => path !== '' && existsSync(join(root, path)))
  const isText = (path: string) => /\.(ts|tsx|mjs|js|cjs|json|jsonc|md|css|html|sql|sh|svg|txt|yml|yaml)$|(^|\/)(run|\.[a-z]+|\.env\.example)$/.test(path)
  // This file names what it forbids.
  const texts = files.filter((path) => isText(path) && path !== 'server/repository.test.ts').map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
  const isTest = (path: string) => /\.(test|e2e)\.tsx?$/.test(path) || path.startsWith('e2e/')
  /** `file:line` of each line that matches. */
  const linesWith = (pattern: RegExp, chosen: (path: string) => boolean = () => true) =>
    texts
      .filter(({ path }) => chosen(path))
      .flatMap(({ path, text }) => text.split('\n').flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1} ${line.trim().slice(0, 120)}`] : [])))

  test('no folder hides what it holds behind an index file', () => {
    expect(files.filter((path) => /(^|\/)index\.[cm]?[jt]sx?$/.test(path))).toEqual([])
  })

  test('no test sleeps, forces a click, is left out, or leaves the others out', () => {
    expect(linesWith(/waitForTimeout|force:\s*true.*click|click.*force:\s*true/, isTest)).toEqual([])
    expect(linesWith(/\b(test|it|describe|suite)(\.\w+)*\.(only|skip|skipIf|runIf|fixme|todo)\b/, isTest)).toEqual([])
  })

  test('every suppressed finding says why', () => {
    const suppressions = linesWith(/(oxlint|eslint)-disable|@ts-(expect-error|ignore|nocheck)/, (path) => /\.[cm]?[jt]sx?$/.test(path))
    expect(suppressions.filter((line) => !/ -- \S.{8,}/.test(line))).toEqual([])
  })

  test('nothing points to a place that only exists on one machine', () => {
    expect(linesWith(/(^|[\s"'`(=:])\/(work|home|root|Users)\/[\w.]/)).toEqual([])
    expect(linesWith(/registry\.npmjs|npmmirror|https?:\/\/[\w.-]*(registry|artifactory|nexus|verdaccio)[\w.-]*[/:]/)).toEqual([])
  })
})

describe('dependencies', () => {
  const Named = z.record(z.string(), z.string())
  const Manifest = z.object({ dependencies: Named, devDependencies: Named, optionalDependencies: Named })
  const Locked = z.object({
    resolved: z.optional(z.string()),
    integrity: z.optional(z.string()),
    link: z.optional(z.boolean()),
    optionalDependencies: z.optional(Named),
  })
  const manifest = z.parse(Manifest, JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }

  test('the product needs at most 27 packages directly', () => {
    expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(27)
  })

  test('each is pinned to one version and has its reason in docs/dependencies.md, and no reason outlives its package', () => {
    const reasons = new Map(
      [...readFileSync(join(root, 'docs/dependencies.md'), 'utf8').matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, name = '', reason = '']) => [name, reason]),
    )
    expect([...reasons.keys()].toSorted()).toEqual(Object.keys(all).toSorted())
    expect([...reasons].filter(([, reason]) => reason.trim().length < 20)).toEqual([])
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })

  const { packages } = z.parse(z.object({ packages: z.record(z.string(), Locked) }), JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))

  test('the lockfile takes every package from the registry, with a checksum, and names no host', () => {
    const foreign = Object.entries(packages).filter(
      ([path, { resolved, integrity, link }]) => path !== '' && (resolved !== undefined || link === true || !integrity?.startsWith('sha512-')),
    )
    expect(foreign).toEqual([])
  })

  // npm leaves out of the lockfile what it could not find on the day, and from then on no bare clone can be installed, on any platform.
  test('the lockfile is complete for every platform', () => {
    const names = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)))
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).flatMap((name) => (names.has(name) ? [] : [`${path} needs ${name}`])),
    )
    expect(missing).toEqual([])
  })
})
