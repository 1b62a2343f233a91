import { Figure } from '#contract/money.ts'

/** What stands in a cell. `amount` and `count` are numbers for a spreadsheet; everything else is text and stays text. */
export type Cell =
  | { text: string | null }
  /** An Amount or Figure of the contract. */
  | { amount: string | null }
  | { count: number | null }
  /** Digits that name something: grouped by a blank as on the screen, because a spreadsheet would turn a long number into 2.08E+09. */
  | { digits: string }

/** Makes a spreadsheet read the file as UTF-8. */
export const byteOrderMark = '\ufeff'

/** @param cells one row. @returns it as RFC 4180 wants it, with the line break. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`

function csvCell(cell: Cell): string {
  // Parsed once more, so that no text can ever pass as a number.
  if ('amount' in cell) return cell.amount === null ? '' : Figure.parse(cell.amount)
  if ('count' in cell) return cell.count === null ? '' : String(cell.count)
  return quoted(harmless('digits' in cell ? grouped(cell.digits) : cell.text ?? ''))
}

/** `2081458841` as `208145 8841`. */
const grouped = (digits: string): string => (/^\d{10}$/.test(digits) ? `${digits.slice(0, 6)} ${digits.slice(6)}` : digits)

const quoted = (text: string): string => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Blanks in front of a sign, also those that nobody sees. */
const blanks = String.raw`[\s\u00a0\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff\u00ad]*`
const signs = String.raw`=+\-@\t\0＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋`
const startsFormula = new RegExp(`^${blanks}[\\r\\n${signs}]`, 'u')
const lineStartsFormula = new RegExp(`(\\r\\n|\\r|\\n)(?=${blanks}[${signs}])`, 'gu')

/** Text that a spreadsheet would take for a formula is kept a text by an apostrophe; so is each line inside the cell, for programs that break it there. */
function harmless(text: string): string {
  const lines = text.replace(lineStartsFormula, "$1'")
  return startsFormula.test(text) || lines !== text ? `'${lines}` : text
}
