import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { whitelistBytesMax } from '#contract/coupon-whitelist.ts'
import { demoAccounts } from './dev/demo-people.ts'
import { smsTemplates } from './messages/sms/templates.ts'
import { documentBytesMax } from './operations/document-type.ts'

const root = resolve(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const documents = ['README.md', 'bench/console/README.md', 'bench/server/README.md', ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)]
/** How a heading is addressed: as GitHub writes it. */
const anchorOf = (heading: string): string => heading.trim().toLowerCase().replace(/[^\p{L}\p{N}\- ]/gu, '').replaceAll(' ', '-')

test('whoever follows a link of the documents gets somewhere', () => {
  const dead = documents.flatMap((document) => [...read(document).matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)].flatMap(([, link, picture]) => {
    const [path = '', anchor] = (link ?? picture ?? '').split('#')
    if (/^https?:/.test(path)) return []
    const target = path === '' ? document : join(dirname(document), path)
    const arrives = existsSync(join(root, target)) && (anchor === undefined || [...read(target).matchAll(/^#+ (.+)$/gm)].some(([, heading = '']) => anchorOf(heading) === anchor))
    return arrives ? [] : [`${document}: ${link ?? picture}`]
  }))
  expect(dead).toEqual([])
})

test('whoever reads a table sees all of it: no row stands without the head of its table', () => {
  const lost = documents.flatMap((document) => read(document).split(/\n(?:[^|\n].*)?\n/).flatMap((block) => {
    const rows = block.split('\n').filter((line) => line.startsWith('|'))
    return rows.length > 0 && !/^\|[ :|-]+\|$/.test(rows[1] ?? '') ? [`${document}: ${rows[0]}`] : []
  }))
  expect(lost).toEqual([])
})

test('every demo account stands once in the README and once among the demo data', () => {
  for (const document of ['README.md', 'docs/demo.md']) {
    const rows = [...read(document).matchAll(/^\| `([^`]+)` \| (?:`([^`]+)`)? ?\|/gm)].map(([, account = '', member = '']) => `${account} ${member}`)
    expect([document, rows.toSorted()]).toEqual([document, demoAccounts.map(({ account, member }) => `${account} ${member}`).toSorted()])
  }
})

test('every word has one row in the glossary', () => {
  const words = [...read('docs/glossary.md').matchAll(/^\| ([^|]+?) \|/gm)].map(([, word = '']) => word).filter((word) => word !== 'English' && word !== '---')
  expect(words.filter((word, place) => words.indexOf(word) !== place)).toEqual([])
})

test('every guard that is broken on purpose stands in the list of those, and nothing else does', () => {
  const guards = [...read('scripts/mutants.mjs').matchAll(/\{ guard: '([^']+)'/g)].map(([, guard = '']) => guard)
  const [, table = ''] = /\| what was broken: that … \|.*\n\| --- \| --- \|\n((?:\|.*\n)+)/.exec(read('docs/testing.md')) ?? []
  const listed = [...table.matchAll(/^\| (.+?) \| .+ \|$/gm)].flatMap(([, guard = '']) => guard.replaceAll("'", '’').split('; '))
  expect(listed.toSorted()).toEqual(guards.toSorted())
})

test('a proxy that is set up as documented lets the largest file through', () => {
  const [, megabytes = ''] = /client_max_body_size (\d+)m;/.exec(read('docs/operations.md')) ?? []
  expect(Number(megabytes) * 1024 * 1024).toBeGreaterThan(Math.max(documentBytesMax, whitelistBytesMax))
})

test('an operator finds every registered text of SMS with its setting in the documents, as it is', () => {
  const [operations, settings] = [read('docs/operations.md'), read('.env.example')]
  for (const [kind, { registered }] of Object.entries(smsTemplates)) {
    for (const [locale, text] of Object.entries(registered)) {
      const name = `SMS_TEMPLATE_${kind}_${locale}`.toUpperCase().replaceAll('-', '_')
      expect(settings).toContain(`#${name}=`)
      expect(operations).toContain(`| \`${name}\` | ${text} |`)
    }
  }
})
