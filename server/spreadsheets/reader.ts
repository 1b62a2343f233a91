import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'
import { createFileReader, type Program } from '#server/confined/reader.ts'
import { readCsv } from './csv-text.ts'
import type { Sheet, SheetFault } from './sheet.ts'

export type SheetReader = {
  /** @param bytes as uploaded. @returns the rows of its first sheet, or why it is not read; undefined where too many wait already. */
  read(bytes: Buffer): Promise<Sheet | SheetFault | undefined>
}

export const sheetProgram: Program = { main: fileURLToPath(new URL('./read-main.ts', import.meta.url)), package: 'read-excel-file', textMax: 16 * 1024 * 1024, seconds: 20 }

const Faults = z.enum(['sheet_type', 'sheet_broken', 'sheet_active', 'sheet_locked', 'sheet_unpacked', 'sheet_entities', 'sheet_formula', 'sheet_encoding', 'sheet_rows'])
/** The other process has met a hostile file, so its word is checked like anybody's. */
const Answer = z.union([
  z.strictObject({ rows: z.array(z.strictObject({ number: z.int(), cells: z.array(z.string()) })) }), z.strictObject({ fault: Faults, cell: z.exactOptional(z.string().check(z.regex(/^[A-Z]{1,3}\d{1,7}$/))) }),
])

const isOld = (bytes: Buffer): boolean => bytes.subarray(0, 8).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))
const isArchive = (bytes: Buffer): boolean => bytes.subarray(0, 2).toString('latin1') === 'PK'

/** What a file is, is told by its content. A workbook is read in a process of its own; CSV is text that we split ourselves. */
export function createSheetReader(seconds = sheetProgram.seconds): SheetReader {
  const workbooks = createFileReader({ ...sheetProgram, seconds })
  return {
    async read(bytes) {
      // The old format of workbooks, and the one in which new ones with a password are wrapped.
      if (isOld(bytes)) return { fault: 'sheet_locked' }
      if (!isArchive(bytes)) return /^(?:%PDF|\x89PNG|GIF8|\xff\xd8\xff|\{\\rtf|<)/.test(bytes.toString('latin1', 0, 8)) ? { fault: 'sheet_type' } : readCsv(bytes)
      const result = await workbooks.read('xlsx', bytes)
      if (result === undefined) return undefined
      return result.state === 'read' ? Answer.parse(JSON.parse(result.text)) : { fault: 'sheet_broken' }
    },
  }
}
