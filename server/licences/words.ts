import { isCreditCode } from './credit-code.ts'

/** What was found on a licence; null: not found, or not to be trusted. */
export type LicenceWords = { name: string | null; creditCode: string | null; address: string | null; representative: string | null }
export const noWords: LicenceWords = { name: null, creditCode: null, address: null, representative: null }

const labels = {
  name: ['名称'], representative: ['法定代表人', '执行事务合伙人', '投资人', '经营者', '负责人'], address: ['住所', '主要经营场所', '营业场所', '经营场所'],
} as const
/** What stands on a licence beside the values wanted: where one of these begins, the value before it ends. */
const borders = [...Object.values(labels).flat(), '统一社会信用代码', '类型', '注册资本', '成立日期', '营业期限', '经营范围', '登记机关', '注册号', '组成形式', '营业执照', '副本', '国家企业信用', '市场主体']
const linesOfAddress = 3
/** A licence is one page. */
const textMax = 20_000

/** @param text as it was read from a licence, line by line, with the blanks that reading adds between signs. @returns the values behind their labels. */
export function findWords(text: string): LicenceWords {
  // 名 称 and 住 所 are spread to the width of the other labels, and a gap is at times read as a quotation mark.
  const lines = text.slice(0, textMax).normalize('NFKC').split(/\r?\n/).map((line) => line.replace(/[\s“”‘’"'`]+/g, '')).filter((line) => line !== '')
  return {
    name: trusted(behind(lines, labels.name, 1), 4, 64), creditCode: findCode(lines),
    address: trusted(behind(lines, labels.address, linesOfAddress), 5, 200), representative: trusted(behind(lines, labels.representative, 1), 2, 20),
  }
}

function behind(lines: readonly string[], words: readonly string[], most: number): string | undefined {
  for (const [place, line] of lines.entries()) {
    const label = words.find((word) => line.includes(word))
    if (label === undefined) continue
    const rest = line.slice(line.indexOf(label) + label.length)
    const first = upToBorder(rest)
    const parts = [first]
    // A value may begin below its label, and an address goes on where it has no room; never past the next label.
    const from = first === '' ? 1 : 0
    for (let next = 1; first === rest && next < most + from; next += 1) {
      const more = lines[place + next] ?? ''
      const part = upToBorder(more)
      // In two columns the end of the sentence beside it stands in the same line.
      parts.push(part.slice(part.lastIndexOf('。') + 1))
      if (part !== more) break
    }
    const value = parts.join('').replace(/^[:;.,、·|_-]+|[:;,、|_-]+$/g, '')
    if (value !== '') return value
  }
  return undefined
}

const upToBorder = (line: string): string => line.slice(0, Math.min(line.length, ...borders.map((border) => line.indexOf(border)).filter((at) => at >= 0)))

/** Signs that no name of a company, person or place has were misread. */
const trusted = (value: string | undefined, min: number, max: number): string | null =>
  (value === undefined || value.length < min || value.length > max || !/\p{Script=Han}/u.test(value) || /[^\p{L}\p{N}()·.,、#-]/u.test(value) ? null : value.replaceAll('(', '（').replaceAll(')', '）'))

/** Letters that the code leaves out, because they look like these digits. */
const misread: Record<string, string> = { O: '0', I: '1', Z: '2', S: '5' }
const asDigits = (run: string): string => run.replace(/[OIZS]/g, (sign) => misread[sign] ?? sign)

/** The first run of 18 signs whose check sign is right. Without a right one nothing is told: a code that is nearly right is another company's. */
function findCode(lines: readonly string[]): string | null {
  for (const run of lines.flatMap((line) => line.toUpperCase().match(/[0-9A-Z]+/g) ?? []).filter(({ length }) => length >= 18 && length <= 24)) {
    // One stroke is at times read as two: such a letter may also be nothing.
    for (const asked of [run, ...[...run.matchAll(/[OIZS]/g)].map(({ index }) => run.slice(0, index) + run.slice(index + 1))].map(asDigits)) {
      for (let at = 0; at + 18 <= asked.length; at += 1) if (isCreditCode(asked.slice(at, at + 18))) return asked.slice(at, at + 18)
    }
  }
  return null
}
