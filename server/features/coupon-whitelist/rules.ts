import type { WhitelistProblem } from '#contract/coupon-whitelist.ts'

/** A customer's account as the vendor knows it. `key` is what makes two of them the same. */
export type Known = { accountName: string; key: string; name: string; masterAccountName: string | null }
/** What the vendor knows of each text that was asked about, as it was asked. */
export type Registry = { byAccount: ReadonlyMap<string, Known>; byName: ReadonlyMap<string, readonly Known[]> }
/** One filled row of a file. */
export type TypedRow = { row: number; account: string; name: string }
export type JudgedRow = TypedRow & ({ known: Known; problem: null; other: null } | { known: null; problem: WhitelistProblem; /** Of a duplicate: the row that stands first. */ other: number | null })

export const headings = { account: { 'zh-CN': '账号', 'en-US': 'Account' }, name: { 'zh-CN': '客户名称', 'en-US': 'Customer name' } } as const
const keyOf = (text: string): string => text.normalize('NFKC').toLowerCase()
const isHeading = (cell: string, column: keyof typeof headings): boolean => Object.values(headings[column]).some((heading) => keyOf(heading) === keyOf(cell))
const textMax = 128

/** @param rows of a file with its headings. @returns its rows by column; undefined where the headings are not the two of the template, in either order and language,
 *  or a cell stands under none. */
export function readColumns(rows: readonly { number: number; cells: readonly string[] }[]): TypedRow[] | undefined {
  const [first, ...rest] = rows
  if (first?.cells.length !== 2) return undefined
  const account = first.cells.findIndex((cell) => isHeading(cell, 'account'))
  const name = first.cells.findIndex((cell) => isHeading(cell, 'name'))
  if (account < 0 || name < 0 || rest.some(({ cells }) => cells.length > 2)) return undefined
  return rest.map(({ number, cells }) => ({ row: number, account: cells[account] ?? '', name: cells[name] ?? '' }))
}

/** @returns each row with the customer it names, or with the first thing that is wrong with it. */
export function judgeRows(rows: readonly TypedRow[], registry: Registry): JudgedRow[] {
  const firsts = new Map<string, number>()
  return rows.map((row): JudgedRow => {
    const found = whyUnreadable(row) ?? find(row, registry)
    if (typeof found === 'string') return { ...row, known: null, problem: found, other: null }
    const first = firsts.get(found.key)
    if (first !== undefined) return { ...row, known: null, problem: 'duplicate', other: first }
    firsts.set(found.key, row.row)
    return { ...row, known: found, problem: null, other: null }
  })
}

function whyUnreadable({ account, name }: TypedRow): WhitelistProblem | undefined {
  const texts = [account, name]
  if (account === '' && name === '') return 'empty'
  if (texts.some((text) => [...text].length > textMax)) return 'too_long'
  // No name begins like this, and in another program it would be run.
  if (texts.some((text) => /^[=+\-@＝＋－＠]/.test(text))) return 'formula'
  return texts.some((text) => text.includes('*')) ? 'masked' : undefined
}

/** By its account where there is one; then a name beside it must be that customer's. */
function find({ account, name }: TypedRow, { byAccount, byName }: Registry): Known | WhitelistProblem {
  const named = byName.get(name) ?? []
  if (account !== '') {
    const known = byAccount.get(account)
    if (!known) return 'unknown'
    return name === '' || keyOf(known.name) === keyOf(name) || named.some(({ key }) => key === known.key) ? known : 'differs'
  }
  const [only, ...others] = named
  return only ? (others.length > 0 ? 'several' : only) : 'unknown'
}

/** @param before keys on the list, @param after keys on the new one. @returns how many come, go and stay. */
export function compareLists(before: ReadonlySet<string>, after: ReadonlySet<string>): { added: number; removed: number; kept: number } {
  const kept = [...after].filter((key) => before.has(key)).length
  return { added: after.size - kept, removed: before.size - kept, kept }
}
