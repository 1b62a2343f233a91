type CsvRow = { line: number; cells: string[] }

/** Reads comma-separated text as RFC 4180 has it: quoted cells may hold commas, line breaks and doubled quotes. A byte-order mark is passed over, and so are lines without any character.
 *  @returns rows of cells with the line each begins on, from 1; or the line at which a quote is open to the end. */
export function readCsv(text: string): CsvRow[] | { unclosed: number } {
  const rows: CsvRow[] = []
  const source = text.replace(/^\ufeff/, '')
  let [line, at] = [1, 0]
  while (at < source.length) {
    const row: CsvRow = { line, cells: [] }
    for (let ended = false; !ended;) {
      const cell = readCell(source, at)
      if (!cell) return { unclosed: line }
      row.cells.push(cell.value)
      line += cell.breaks
      ended = source[cell.end] !== ','
      at = cell.end + (source.startsWith('\r\n', cell.end) ? 2 : 1)
    }
    line += 1
    if (row.cells.length > 1 || row.cells[0] !== '') rows.push(row)
  }
  return rows
}

function readCell(source: string, from: number): { value: string; end: number; breaks: number } | undefined {
  if (source[from] !== '"') {
    const rest = /[,\r\n]/g
    rest.lastIndex = from
    const end = rest.exec(source)?.index ?? source.length
    return { value: source.slice(from, end), end, breaks: 0 }
  }
  for (let end = source.indexOf('"', from + 1); end !== -1; end = source.indexOf('"', end + 2)) {
    if (source[end + 1] === '"') continue
    const value = source.slice(from + 1, end).replaceAll('""', '"')
    return { value, end: end + 1, breaks: value.split('\n').length - 1 }
  }
  return undefined
}
