import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, it } from 'vitest'

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css')).map((name) => join('src', name))
const isShared = (file: string) => file.startsWith(join('src', 'styles')) || basename(file) === 'tokens.css'
// What a person's own colours need touches classes wherever they are from, and owns none.
const ownsNone = (file: string) => basename(file) === 'forced-colors.css'
const classesOf = (selector: string) => [...selector.matchAll(/\.([a-z][\w-]*)/gi)].map(([, name]) => name ?? '')

/** @returns every selector of a style sheet, also of those inside media queries. */
function selectorsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '')
  return [...text.matchAll(/([^{};]+)\{/g)].map(([, head]) => (head ?? '').trim()).filter((head) => !head.startsWith('@') && !/^(from|to|\d+%)$/.test(head))
    .flatMap((head) => head.replaceAll(/:nth-[a-z-]+\([^()]*\)/g, '').split(/,(?![^(]*\))/)).map((selector) => selector.trim())
}

// A page's styles stay when another page is opened. One that says `td .cell` or a name that two features use would change the look of every page
// from then on, and nobody who opens that page directly would see it.
it('shows a person every page alike, whichever page was opened before it', () => {
  const shared = new Set(files.filter((file) => isShared(file) && !ownsNone(file)).flatMap(selectorsOf).flatMap(classesOf))
  const owners = new Map<string, Set<string>>()
  const astray: string[] = []
  for (const file of files.filter((name) => !isShared(name))) {
    for (const selector of selectorsOf(file)) {
      if (/#[a-z]|\[data-page=/.test(selector)) continue
      const own = new Set(classesOf(selector).filter((name) => !shared.has(name)))
      const [only] = own
      if (only === undefined) astray.push(`${file}: ${selector}`)
      else if (own.size === 1) owners.set(only, (owners.get(only) ?? new Set()).add(file))
    }
  }
  expect(astray).toEqual([])
  expect([...owners].filter(([, where]) => where.size > 1).map(([name, where]) => `.${name} in ${[...where].join(' and ')}`)).toEqual([])
})
