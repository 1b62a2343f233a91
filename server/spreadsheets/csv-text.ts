import { takeRows, type Sheet, type SheetFault } from './sheet.ts'

/** @param bytes of a file that claims to be CSV: UTF-8, with or without a byte-order mark, or GB18030, which spreadsheets in China write.
 *  @returns its rows, or `sheet_encoding` for any other encoding and `sheet_broken` for a quote that does not end. */
export function readCsv(bytes: Buffer): Sheet | SheetFault {
  const text = decode(bytes)
  if (text === undefined) return { fault: 'sheet_encoding' }
  const rows = split(text)
  return rows ? takeRows(rows) : { fault: 'sheet_broken' }
}

function decode(bytes: Buffer): string | undefined {
  // No text has NUL in it; UTF-16 and UTF-32 have many.
  if (bytes.includes(0)) return undefined
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      // Bytes that mean nothing in GB18030 are read as signs for private use.
      return /[\ufffd\p{Co}\p{Cn}]|(?![\t\r\n])\p{Cc}/u.test(text) ? undefined : text
    } catch {
      // The other one, then.
    }
  }
  return undefined
}

/** RFC 4180, with any line break. Every sign is looked at once. @returns undefined where a quoted cell does not end, or goes on behind its quote. */
function split(text: string): string[][] | undefined {
  const rows: string[][] = []
  let cells: string[] = []
  const ending = /[",\r\n]/g
  for (let at = 0; at < text.length;) {
    let cell = ''
    if (text[at] === '"') {
      const end = endOfQuoted(text, at + 1)
      if (end === undefined) return undefined
      cell = text.slice(at + 1, end).replaceAll('""', '"')
      at = end + 1
    } else {
      ending.lastIndex = at
      const end = ending.exec(text)?.index ?? text.length
      cell = text.slice(at, end)
      at = end
    }
    cells.push(cell)
    if (text[at] === ',') {
      at += 1
      continue
    }
    if (at < text.length && text[at] !== '\r' && text[at] !== '\n') return undefined
    rows.push(cells)
    cells = []
    at += text.startsWith('\r\n', at) ? 2 : 1
  }
  return cells.length > 0 ? [...rows, cells] : rows
}

/** @returns where the quote stands that ends a cell; two of them are one inside it. */
function endOfQuoted(text: string, from: number): number | undefined {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at
  return undefined
}
