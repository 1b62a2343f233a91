import { readSheet } from 'read-excel-file/universal'
import { serveOneFile } from '#server/confined/serve.ts'
import { takeRows } from './sheet.ts'
import { cleanWorkbook } from './workbook.ts'

// Reads the first sheet of one workbook, in a process of its own.

/** Three times what the largest honest workbook took. */
const residentMax = 500 * 1024 * 1024

async function read(content: Buffer): Promise<string> {
  const checked = cleanWorkbook(content)
  if ('fault' in checked) return JSON.stringify(checked)
  const rows = await readSheet(new Blob([new Uint8Array(checked.clean)]), 1, { parseNumber: (digits) => digits })
  return JSON.stringify(takeRows(rows.map((cells) => cells.map((cell) => (cell instanceof Date ? cell.toISOString() : cell === null ? '' : String(cell))))))
}

await serveOneFile(read, residentMax)
