import { cpus, loadavg, totalmem } from 'node:os'
import { median } from './figures.ts'
import type { IncentiveFigure, LineExportFigure } from './incentives.ts'
import type { CouponFigure } from './coupons.ts'
import type { RecordFigure } from './invites.ts'
import type { ListFigure } from './lists.ts'
import type { Idle, Soak } from './memory.ts'
import type { Mix } from './mix.ts'
import type { HandoverFigure, OrganizationFigure } from './organization.ts'
import type { WhitelistFigure } from './whitelist.ts'

/** Operations per second of each turn: through HTTP, of the functions written by hand, and of those behind a bare server. */
export type Duel = { who: string; product: number[]; oneCall: number[]; twoCalls: number[]; bare: number[] }
export type Results = { machine: ReturnType<typeof machineFacts>; lists?: ListFigure[]; records?: RecordFigure[]; incentives?: IncentiveFigure[]; lineExports?: LineExportFigure[]; coupons?: CouponFigure[]; whitelist?: WhitelistFigure[]; organization?: OrganizationFigure[]; handover?: HandoverFigure; duels?: Duel[]; mix?: Mix; idle?: Idle; soak?: Soak }

/** What the figures depend on. @param postgres version of the database. */
export function machineFacts(postgres: string) {
  return {
    date: new Date().toISOString().slice(0, 10), cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30),
    loadAtStart: Number(loadavg()[0]?.toFixed(2)), node: process.version, postgres,
  }
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]) => [row(head), row(head.map((_, place) => (place === 0 ? '---' : '---:'))), ...rows.map(row), '']
const mb = (bytes: number) => (bytes / 1e6).toFixed(0)
const held = (isHeld: boolean) => (isHeld ? 'yes' : 'no')
const figure = (values: readonly number[]) => `${median(values).toFixed(0)} (${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)})`

/** The results as markdown: the machine, the figures, their ratios, and what is to be held. */
export function report({ machine, lists, records, incentives, lineExports, coupons, whitelist, organization, handover, duels, mix, idle, soak }: Results): string {
  const lines = [`${machine.date}: ${machine.cores} cores ${machine.cpu}, ${machine.memoryGb} GB, load ${machine.loadAtStart} at the start, Node ${machine.node}, PostgreSQL ${machine.postgres} with fsync. Server, database and clients share this machine.`, '']
  if (lists) {
    lines.push(...table(['customer list, median ms', '1,000 customers', '100,000 customers', 'ratio', 'at most 2'], lists.map(({ view, small, large, smallTotal, largeTotal }) =>
      [view, `${small.toFixed(1)} (${smallTotal} rows)`, `${large.toFixed(1)} (${largeTotal} rows)`, (large / small).toFixed(2), held(large / small <= 2)])))
  }
  if (records) {
    lines.push(...table(['invitation records, median ms', '1,000 records', '10,000 records', 'ratio', 'at most 2'], records.map(({ view, small, large, smallTotal, largeTotal }) =>
      [view, `${small.toFixed(1)} (${smallTotal} rows)`, `${large.toFixed(1)} (${largeTotal} rows)`, (large / small).toFixed(2), held(large / small <= 2)])))
  }
  if (incentives) {
    lines.push(...table(['incentive lines of one statement, median ms', '500 lines', '50,000 lines', 'ratio', 'at most 2'], incentives.map(({ view, small, large, smallTotal, largeTotal }) =>
      [view, `${small.toFixed(1)} (${smallTotal} rows)`, `${large.toFixed(1)} (${largeTotal} rows)`, (large / small).toFixed(2), held(large / small <= 2)])))
  }
  if (lineExports) {
    const [small] = lineExports
    lines.push(...table(['masked export of all lines of a statement', 'rows a second', 'time per row beside the small one', 'at most 2', 'resident memory grew by at most'], lineExports.map((one) =>
      [`${one.lines} lines`, one.rowsPerSecond.toFixed(0), ((small?.rowsPerSecond ?? 0) / one.rowsPerSecond).toFixed(2), held((small?.rowsPerSecond ?? 0) / one.rowsPerSecond <= 2), `${mb(one.growth)} MB`])))
  }
  if (coupons) {
    lines.push(...table(['issued coupons, median ms', '2,000 coupons', '200,000 coupons', 'ratio', 'at most 2'], coupons.map(({ view, small, large, smallTotal, largeTotal }) =>
      [view, `${small.toFixed(1)} (${smallTotal} rows)`, `${large.toFixed(1)} (${largeTotal} rows)`, (large / small).toFixed(2), held(large / small <= 2)])))
  }
  if (whitelist) {
    lines.push(...table(['whitelist of 10,000 rows, median ms', 'upload to preview', 'first page of rows', 'import', 'together', 'below 3,000'], whitelist.map(({ what, upload, read, confirm }) =>
      [what, upload.toFixed(0), read.toFixed(0), confirm?.toFixed(0) ?? '', (upload + read + (confirm ?? 0)).toFixed(0), held(upload + read + (confirm ?? 0) < 3_000)])))
  }
  if (organization) {
    lines.push(...table(['organization, median ms', '1,000 customers, 20 managers', '100,000 customers, 200 managers', 'ratio', 'at most 2'], organization.map(({ what, small, large }) => [what, small.toFixed(1), large.toFixed(1), (large / small).toFixed(2), held(large / small <= 2)])))
  }
  if (handover) {
    lines.push(`Handover of ${handover.customers} customers: planned in ${handover.planMs.toFixed(0)} ms, done after ${handover.seconds.toFixed(1)} s in ${handover.steps} steps that a person can follow; resident memory ${mb(handover.rssBefore)} MB before, ${mb(handover.rssAfter)} MB after.`, '')
  }
  if (duels) {
    lines.push(...table(['allocate and reclaim, 16 clients', 'through HTTP, per second', 'by hand, one call', 'ratio', 'at least 0.40', 'by hand, two calls', 'ratio', 'two calls behind a bare server', 'ratio'], duels.map(({ who, product, oneCall, twoCalls, bare }) => {
      const [one, two, behind] = [oneCall, twoCalls, bare].map((others) => median(others.map((theirs, turn) => (product[turn] ?? Number.NaN) / theirs)))
      return [who, figure(product), figure(oneCall), one?.toFixed(2) ?? '', held((one ?? 0) >= 0.4), figure(twoCalls), two?.toFixed(2) ?? '', figure(bare), behind?.toFixed(2) ?? '']
    })))
  }
  if (mix) {
    lines.push(`At half of that: ${mix.perSecond.toFixed(0)} operations and ${(mix.perSecond / 2).toFixed(0)} list reads a second for ${mix.seconds} s.`, '')
    lines.push(...table(['request', 'count', 'median ms', 'p99 ms', 'at most 250'], mix.requests.map(({ kind, count, medianMs, p99Ms }) => [kind, String(count), medianMs.toFixed(1), p99Ms.toFixed(1), held(p99Ms <= 250)])))
    lines.push(`Event loop: p99 ${mix.loopDelayP99Ms.toFixed(1)} ms late (below 100: ${held(mix.loopDelayP99Ms < 100)}), ${mix.loopDelayMaxMs.toFixed(0)} ms at most.`, '')
  }
  const memory: string[][] = []
  if (idle) memory.push(['embedded, idle, with the demo', mb(idle.embedded), '400', held(idle.embedded < 400e6)], ['embedded, idle, after the start that made the demo', mb(idle.first), '400', held(idle.first < 400e6)], ['on PostgreSQL, idle', mb(idle.postgres), '200', held(idle.postgres < 200e6)])
  if (soak) memory.push([`${soak.minutes.toFixed(0)} min of that load, last quarter to second quarter`, `${mb(soak.late)} / ${mb(soak.early)} = ${(soak.late / soak.early).toFixed(2)} (${(soak.growth / 1e6).toFixed(2)} MB a minute)`, '1.10', held(soak.late / soak.early <= 1.1)])
  if (memory.length > 0) lines.push(...table(['resident memory, MB', 'measured', 'at most', 'held'], memory))
  return lines.join('\n')
}
