// How much of the console a person has to download before a page is usable, measured on the build output as a good proxy would send it.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { root, runMain, Stop } from './install.mjs'

const kilobyte = 1000
export const budgets = { customerList: 165 * kilobyte, customerListAim: 150 * kilobyte, signIn: 120 * kilobyte, forCustomers: 120 * kilobyte, laterRoute: 60 * kilobyte, firstStyles: 40 * kilobyte }

const pagePattern = /^src\/features\/[^/]+\/(\w+)Page\.tsx$/
// Pages for customers, who load nothing of the console: each is weighed whole.
const forCustomersPattern = /^src\/features\/(invite-page|my)\//
const customerTextsPattern = /^src\/i18n\/[\w-]+\/customer\.ts$/
const signInPattern = /\/SignInPage\.tsx$/
const customerListPattern = /\/(Customers|CustomerList)Page\.tsx$/
// Imported on demand by their form, but needed by everybody: the frame around the pages, and one language's texts. `core` holds the texts of the
// sign-in page, `frame` those of the frame and the customer list, `rest` all others.
const framePattern = /^src\/(layout|boot|session)\/.*\.tsx?$/
const coreTextsPattern = /^src\/i18n\/[\w-]+\/core\.ts$/
const frameTextsPattern = /^src\/i18n\/[\w-]+\/frame\.ts$/
// Texts of their own that some pages wait for, as src/routes.tsx says.
const ownTexts = [[/^src\/features\/(members|roles|specialists)\//, ['people']], [/^src\/features\/(cases|agreements)\//, ['partner']], [/^src\/features\/coupons\//, ['coupon-pages']], [/^src\/features\/incentives\//, ['incentive-pages']], [/^src\/features\/(payments|incentive-invoices|business)\//, ['payouts']], [/^src\/features\/profile\//, ['partner', 'confirming']]]
const restTextsPattern = /^src\/i18n\/[\w-]+\/rest\.ts$/

/**
 * @typedef {{ file: string, isEntry?: boolean, isDynamicEntry?: boolean, imports?: string[], dynamicImports?: string[], css?: string[] }} Chunk
 * @typedef {{ name: string, kind: 'js' | 'css', bytes: number, limit: number, aim?: number }} Line
 */

/**
 * Weighs a build.
 * @param {Record<string, Chunk>} manifest as vite writes it, by source path
 * @param {(file: string) => number} sizeOf compressed size of one file of the build, in bytes
 * @param {number} inlineBytes compressed size of the scripts written into the page itself
 * @returns {Line[]} one line per budget
 * @throws {Stop} if the build has no entry, no sign-in page or no customer list: then nothing was measured
 */
export function weigh(manifest, sizeOf, inlineBytes) {
  const keys = Object.keys(manifest)
  const entries = keys.filter((key) => manifest[key].isEntry)
  const pages = keys.filter((key) => pagePattern.test(key) && manifest[key].isDynamicEntry)
  const signIn = pages.find((key) => signInPattern.test(key))
  const customerList = pages.find((key) => customerListPattern.test(key))
  if (entries.length === 0 || !signIn || !customerList) {
    throw new Stop('The build has no entry, no sign-in page or no customer list as a chunk of its own, so its weight cannot be told.')
  }
  const weight = (files) => [...files].reduce((sum, file) => sum + sizeOf(file), 0)
  const heaviest = (pattern) =>
    keys.filter((key) => pattern.test(key) && manifest[key].isDynamicEntry).toSorted((a, b) => weight(closure(manifest, [b]).js) - weight(closure(manifest, [a]).js)).slice(0, 1)

  const core = heaviest(coreTextsPattern)
  const rest = heaviest(restTextsPattern)
  const shell = [...entries, ...core, ...heaviest(frameTextsPattern), ...keys.filter((key) => framePattern.test(key) && manifest[key].isDynamicEntry)]
  const first = closure(manifest, [...shell, customerList])
  const present = closure(manifest, shell)
  const textsOf = (page) => ownTexts.filter(([pattern]) => pattern.test(page)).flatMap(([, parts]) => parts.flatMap((part) => heaviest(new RegExp(`^src/i18n/[\\w-]+/${part}\\.ts$`))))
  const later = pages
    .filter((key) => key !== signIn && key !== customerList && !forCustomersPattern.test(key))
    .map((key) => ({ name: `${pagePattern.exec(key)?.[1]}, added`, kind: 'js', bytes: weight(closure(manifest, [key, ...textsOf(key), ...(key.startsWith('src/features/sign-in/') ? [] : rest)]).js.difference(present.js)), limit: budgets.laterRoute }))
  const forCustomers = pages
    .filter((key) => forCustomersPattern.test(key))
    .map((key) => ({ name: `${pagePattern.exec(key)?.[1]}, whole`, kind: 'js', bytes: inlineBytes + weight(closure(manifest, [...entries, ...core, ...heaviest(customerTextsPattern), key]).js), limit: budgets.forCustomers }))
  return [
    { name: 'sign-in', kind: 'js', bytes: inlineBytes + weight(closure(manifest, [...entries, ...core, signIn]).js), limit: budgets.signIn },
    { name: 'customer list', kind: 'js', bytes: inlineBytes + weight(first.js), limit: budgets.customerList, aim: budgets.customerListAim },
    { name: 'first load', kind: 'css', bytes: weight(first.css), limit: budgets.firstStyles },
    ...forCustomers.toSorted((a, b) => b.bytes - a.bytes),
    ...later.toSorted((a, b) => b.bytes - a.bytes),
  ]
}

/** Everything that is loaded together with the given chunks: what they import at once, but not what they import on demand. */
function closure(manifest, keys) {
  const seen = new Set()
  const visit = (key) => {
    if (seen.has(key)) return
    seen.add(key)
    manifest[key].imports?.forEach(visit)
  }
  keys.forEach(visit)
  const chunks = [...seen].map((key) => manifest[key])
  return { js: new Set(chunks.map(({ file }) => file).filter((file) => file.endsWith('.js'))), css: new Set(chunks.flatMap(({ file, css = [] }) => [file, ...css]).filter((file) => file.endsWith('.css'))) }
}

/** @returns {string[]} the font files of a build, of which there must be none: text shows at once in the fonts a machine has. */
export const fontsIn = (manifest) =>
  Object.values(manifest)
    .flatMap(({ file, assets = [] }) => [file, ...assets])
    .filter((file) => /\.(woff2?|ttf|otf|eot)$/.test(file))

export const compressed = (content) => brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length

function table(lines) {
  const kB = (bytes) => (bytes / kilobyte).toFixed(1).padStart(7)
  const rows = lines.map(({ name, kind, bytes, limit, aim }) => {
    const verdict = bytes > limit ? 'TOO LARGE' : aim !== undefined && bytes > aim ? `ok, aim ${aim / kilobyte}` : 'ok'
    return `${name.padEnd(28)} ${kind.padEnd(4)} ${kB(bytes)} kB of ${String(limit / kilobyte).padStart(3)}   ${verdict}`
  })
  return rows.join('\n')
}

if (process.argv[1] === join(root, 'scripts', 'bundle-budget.mjs')) {
  await runMain(async () => {
    const dist = join(root, 'dist')
    const file = join(dist, '.vite', 'manifest.json')
    if (!existsSync(file)) throw new Stop('There is no build to weigh: run "npm run build". (It must write dist/.vite/manifest.json.)')
    const manifest = JSON.parse(readFileSync(file, 'utf8'))
    const inline = [...readFileSync(join(dist, 'index.html'), 'utf8').matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, code]) => code)
    const sizes = new Map()
    const sizeOf = (name) => {
      if (!sizes.has(name)) sizes.set(name, compressed(readFileSync(join(dist, name))))
      return sizes.get(name)
    }
    const lines = weigh(manifest, sizeOf, inline.length > 0 ? compressed(inline.join('\n')) : 0)
    console.log(table(lines))
    const fonts = fontsIn(manifest)
    if (fonts.length > 0) console.log(`Web fonts are not allowed: ${fonts.join(', ')}`)
    return fonts.length === 0 && lines.every(({ bytes, limit }) => bytes <= limit) ? 0 : 1
  })
}
