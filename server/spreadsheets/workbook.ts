import { openArchive, packArchive, type ArchivePart } from './archive.ts'
import { unpackedBytesMax, type SheetFault } from './sheet.ts'

const faults = { broken: 'sheet_broken', locked: 'sheet_locked', unpacked: 'sheet_unpacked' } as const
/** Macros, controls, embedded and linked files: nothing that a list of customers needs, and what makes a workbook do something when it is opened. */
const active = /vbaProject|vbaData|\/(?:macrosheets|dialogsheets|activeX|embeddings|externalLinks|ctrlProps|customUI)\/|\.bin$/i
const formula = /<(?:[\w-]+:)?f[\s/>]/

/** Looks at a workbook before a parser does. @returns it built anew from its XML alone, each part known to be what it says; or why it is not read. */
export function cleanWorkbook(bytes: Buffer): { clean: Buffer } | SheetFault {
  const opened = openArchive(bytes, unpackedBytesMax)
  if (typeof opened === 'string') return { fault: faults[opened] }
  const parts = opened.filter(({ name }) => !name.endsWith('/'))
  const types = parts.find(({ name }) => name === '[Content_Types].xml')?.content.toString('utf8') ?? ''
  // The kind first: whoever renames another archive or document hears that, and nothing about its inside.
  if (!/application\/vnd\.(?:openxmlformats-officedocument\.spreadsheetml\.(?:sheet|template)|ms-excel\.[\w.]*macroEnabled)\.main\+xml/.test(types) || !parts.some(({ name }) => name === 'xl/workbook.xml')) return { fault: 'sheet_type' }
  if (/macroEnabled/i.test(types) || parts.some(({ name }) => active.test(name) && !name.startsWith('xl/printerSettings/'))) return { fault: 'sheet_active' }
  const kept = parts.filter(({ name }) => /\.(?:xml|rels)$/.test(name))
  for (const part of kept) {
    const fault = whyUnsafe(part)
    if (fault) return fault
  }
  return { clean: packArchive(kept) }
}

function whyUnsafe({ name, content }: ArchivePart): SheetFault | undefined {
  // UTF-16 would hide what is looked for below.
  if (content.includes(0) || content[0] === 0xfe || content[0] === 0xff) return { fault: 'sheet_broken' }
  const text = content.toString('latin1')
  if (/<!\s*(?:DOCTYPE|ENTITY)/i.test(text)) return { fault: 'sheet_entities' }
  const found = /^xl\/(?:worksheets|chartsheets)\//.test(name) ? formula.exec(text) : null
  if (!found) return undefined
  const cell = /.*<(?:[\w-]+:)?c\s[^>]*?\br="([A-Z]{1,3}\d{1,7})"/s.exec(text.slice(Math.max(0, found.index - 1000), found.index))?.[1]
  return { fault: 'sheet_formula', ...(cell !== undefined && { cell }) }
}
