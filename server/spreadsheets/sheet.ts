/** The filled rows of a sheet with the number each has in its file, from 1. Blanks around a cell are gone. */
export type Sheet = { rows: { number: number; cells: string[] }[] }
/** Why a file is not read: neither CSV nor a workbook; broken; with macros or other active parts; protected by a password or of the old kind; unfolds to too
 *  much; declares entities; has a formula (`cell` says where); in an encoding that is not told apart; too many rows. */
export type SheetFault = { fault: 'sheet_type' | 'sheet_broken' | 'sheet_active' | 'sheet_locked' | 'sheet_unpacked' | 'sheet_entities' | 'sheet_formula' | 'sheet_encoding' | 'sheet_rows'; cell?: string }

/** The largest number of rows under the headings. */
const sheetRowsMax = 10_000
/** What a workbook may unfold to. */
export const unpackedBytesMax = 20 * 1024 * 1024
/** Longer than anything that a cell is compared with; what is cut off here is too long by one character. */
const cellMax = 129
const cellsMax = 20

/** @param rows of a file from its first, with empty ones. @returns its filled rows; or `sheet_rows` where there are more than the headings and `sheetRowsMax`. */
export function takeRows(rows: readonly (readonly string[])[]): Sheet | SheetFault {
  const filled = rows.flatMap((cells, place) => {
    const trimmed = cells.slice(0, cellsMax).map((cell) => cell.trim().slice(0, cellMax))
    const last = trimmed.findLastIndex((cell) => cell !== '')
    return last < 0 ? [] : [{ number: place + 1, cells: trimmed.slice(0, last + 1) }]
  })
  return filled.length > sheetRowsMax + 1 ? { fault: 'sheet_rows' } : { rows: filled }
}
