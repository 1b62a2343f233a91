import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import { API_LATENCY } from './front.ts'
import { CHROMIUM, CPU_SLOWDOWN, NETWORK, type Visit } from './visit.ts'

export interface Results {
  machine: ReturnType<typeof machineFacts>
  visits: Record<string, Visit[]>
}

/** What the figures depend on: the machine, the versions, and how the visits were slowed down. */
export function machineFacts() {
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    loadAtStart: Number(loadavg()[0]?.toFixed(2)),
    node: process.version,
    chromium: execFileSync(CHROMIUM, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim(),
    cpuSlowdown: CPU_SLOWDOWN,
    network: `${NETWORK.latency} ms, ${(NETWORK.downloadThroughput * 8) / 1e6} Mbit/s`,
    apiLatencyMs: API_LATENCY,
  }
}

/** The value at the share `p` (0 to 1) of the sorted values, between two of them where it falls between. NaN of none. */
export function percentile(values: number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * p
  const [below = Number.NaN, above = below] = sorted.slice(Math.floor(place))
  return below + (above - below) * (place % 1)
}

interface Measure {
  title: string
  digits: number
  /** One figure per visit; the report shows their median, or the p75 of all where a visit gives several */
  of: (visit: Visit) => number | undefined | number[]
}

const KILO = 1000
const measures = {
  js: { title: 'JavaScript until the rows show, kB', digits: 1, of: (visit) => visit.bytes.js / KILO },
  css: { title: 'CSS until the rows show, kB', digits: 1, of: (visit) => visit.bytes.css / KILO },
  all: { title: 'all bytes until the rows show, kB', digits: 1, of: (visit) => visit.bytes.all / KILO },
  jsInAll: { title: 'JavaScript with what is prefetched after, kB', digits: 1, of: (visit) => visit.bytesInAll.js / KILO },
  rows: { title: 'rows visible, ms', digits: 0, of: (visit) => visit.rowsAt },
  first: { title: 'to the second page, first time, ms', digits: 0, of: (visit) => visit.routeFirst },
  again: { title: 'to the second page, again, ms', digits: 0, of: (visit) => visit.routeAgain },
  another: { title: 'to another customer, ms', digits: 0, of: (visit) => visit.routeAnother },
  keys: { title: 'typing in the filter, p75, ms', digits: 0, of: (visit) => visit.keys },
  ticks: { title: 'ticking a row, p75, ms', digits: 0, of: (visit) => visit.ticks },
  shift: { title: 'layout shift of the load', digits: 4, of: (visit) => visit.shift },
  shiftInAll: { title: 'layout shift of the whole visit', digits: 4, of: (visit) => visit.shiftInAll },
  calibration: { title: 'calibration loop, ms', digits: 0, of: (visit) => visit.calibration },
} satisfies Record<string, Measure>

function figure(visits: Visit[], { of }: Measure) {
  const given = visits.map(of).filter((value) => value !== undefined)
  const values = given.flat()
  const middle = percentile(values, given.some((value) => Array.isArray(value)) ? 0.75 : 0.5)
  return { middle, least: Math.min(...values), most: Math.max(...values) }
}

const row = (cells: string[]) => `| ${cells.join(' | ')} |`
const head = (cells: string[]) => [row(cells), row(cells.map((_, i) => (i === 0 ? '---' : '---:')))]

function figureTable({ visits }: Results) {
  const lines = Object.values<Measure>(measures).map((measure) => {
    const cells = Object.values(visits).map((of) => {
      const { middle, least, most } = figure(of, measure)
      if (Number.isNaN(middle)) return '–'
      const [text, from, to] = [middle, least, most].map((value) => value.toFixed(measure.digits))
      return from === to ? `${text}` : `${text} (${from}–${to})`
    })
    return row([measure.title, ...cells])
  })
  return [...head(['median (least–most)', ...Object.keys(visits)]), ...lines]
}

const compared: [string, string][] = [
  ['console', 'antd-opt'],
  ['console', 'antd-lite'],
  ['antd-lite', 'antd-opt'],
]

function ratioTable({ visits }: Results) {
  const pairs = compared.filter((pair) => pair.every((name) => visits[name]))
  if (pairs.length === 0) return []
  const rows: Measure[] = [measures.js, measures.css, measures.rows, measures.first, measures.again, measures.keys, measures.ticks]
  const lines = rows.map((measure) => {
    const cells = pairs.map(([name, base]) => {
      const ratio = figure(visits[name] ?? [], measure).middle / figure(visits[base] ?? [], measure).middle
      return Number.isFinite(ratio) ? ratio.toFixed(2) : '–'
    })
    return row([measure.title.replace(/, (kB|ms)$/, ''), ...cells])
  })
  return ['', ...head(['ratio', ...pairs.map(([name, base]) => `${name} / ${base}`)]), ...lines]
}

/** What the console has to reach, where all three sites were measured. */
function boundTable({ visits }: Results) {
  const { console: console_, 'antd-opt': opt, 'antd-lite': lite } = visits
  if (!console_ || !opt || !lite) return []
  const of = (measure: Measure, site = console_) => figure(site, measure).middle
  const bounds: [string, number, number, number][] = [
    ['rows visible, to antd-opt', of(measures.rows) / of(measures.rows, opt), 1, 2],
    ['rows visible, to antd-lite (aim)', of(measures.rows) / of(measures.rows, lite), 1.2, 2],
    ['to a customer again, to antd-opt', of(measures.again) / of(measures.again, opt), 1.5, 2],
    ['typing in the filter, p75, ms', of(measures.keys), 100, 0],
    ['ticking a row, p75, ms', of(measures.ticks), 100, 0],
    ['layout shift', of(measures.shift), 0.02, 4],
  ]
  const lines = bounds.map(([title, value, bound, digits]) => row([title, value.toFixed(digits), String(bound), value <= bound ? 'yes' : 'no']))
  return ['', ...head(['console', 'measured', 'at most', 'held']), ...lines]
}

/** The results as markdown: the machine, the figures, their ratios, and what is to be held. */
export function report(results: Results): string {
  const { machine, visits } = results
  const runs = Math.max(...Object.values(visits).map((of) => of.length))
  const facts = [
    `${machine.date}, ${runs} interleaved runs, each in a new browser: ${machine.cores} cores ${machine.cpu}, ${machine.memoryGb} GB, load ${machine.loadAtStart} at the start,`,
    `Node ${machine.node}, ${machine.chromium}; CPU slowed ${machine.cpuSlowdown} times, network ${machine.network}, API ${machine.apiLatencyMs} ms away.`,
  ]
  return [...facts, '', ...figureTable(results), ...ratioTable(results), ...boundTable(results), ''].join('\n')
}
