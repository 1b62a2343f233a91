import { packArchive, type ArchivePart } from './archive.ts'

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const office = 'http://schemas.openxmlformats.org'
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
const columnOf = (place: number): string => String.fromCharCode(65 + place)

/** The XML of a sheet whose cells are texts. @param rows at most 26 cells each. */
export const sheetXml = (rows: readonly (readonly string[])[]): string => `${xml}<worksheet xmlns="${office}/spreadsheetml/2006/main"><cols><col min="1" max="26" width="32" customWidth="1"/></cols><sheetData>${rows.map((cells, row) => (
  `<row r="${row + 1}">${cells.map((cell, place) => `<c r="${columnOf(place)}${row + 1}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`).join('')}</row>`
)).join('')}</sheetData></worksheet>`

/** @param sheet as sheetXml makes it. @returns the parts of a workbook with this one sheet. */
export const workbookParts = (sheet: string): ArchivePart[] => [
  ['[Content_Types].xml', `<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`],
  ['_rels/.rels', `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="rId1" Type="${office}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
  ['xl/workbook.xml', `<workbook xmlns="${office}/spreadsheetml/2006/main" xmlns:r="${office}/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`],
  ['xl/_rels/workbook.xml.rels', `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="rId1" Type="${office}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`],
  ['xl/worksheets/sheet1.xml', sheet],
].map(([name = '', text = '']) => ({ name, content: Buffer.from(name.startsWith('xl/worksheets/') ? text : xml + text) }))

/** @param rows of texts. @returns a workbook (XLSX) with one sheet. */
export const writeWorkbook = (rows: readonly (readonly string[])[]): Buffer => packArchive(workbookParts(sheetXml(rows)))
