// Measures the console in a real browser beside the bare floors. See README.md.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { makeCertificate, type Certificate } from './certificate.ts'
import { machineFacts, report, type Results } from './report.ts'
import { buildFloors, siteNames, startSite, type Site } from './sites.ts'
import { visit, type Visit } from './visit.ts'

/** A visit whose calibration took this much longer than the fastest so far is made again: something else kept the machine busy. */
const NOISY = 1.35
const ATTEMPTS = 3

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    sites: { type: 'string', default: siteNames.join(',') },
    out: { type: 'string' },
    md: { type: 'string' },
  },
})
const runs = Number(options.runs)
if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs must be a whole number above 0')
const wanted = options.sites.split(',')
const unknown = wanted.filter((name) => !siteNames.some((known) => known === name))
if (unknown.length > 0) throw new Error(`--sites knows ${siteNames.join(', ')}; not ${unknown.join(', ')}`)
const names = siteNames.filter((name) => wanted.includes(name))

let fastest = Number.POSITIVE_INFINITY

/** Visits until a visit was quiet, at most three times; the quietest counts. Refuses when every attempt failed. */
async function visitQuietly(site: Site, certificate: Certificate): Promise<Visit> {
  let best: Visit | undefined
  let failure: unknown
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      const made = await visit(site, certificate.hash)
      fastest = Math.min(fastest, made.calibration)
      if (!best || made.calibration < best.calibration) best = made
      if (best.calibration <= NOISY * fastest) return best
      console.error(`${site.name}: the machine is busy, again`)
    } catch (error) {
      failure = error
      console.error(`${site.name}:`, error)
    }
  }
  if (!best) throw failure
  return best
}

const machine = machineFacts()
const certificate = makeCertificate()
const sites: Site[] = []
const visits: Results['visits'] = {}
try {
  if (names.some((name) => name !== 'console')) buildFloors()
  for (const name of names) sites.push(await startSite(name, certificate))
  for (let run = 1; run <= runs; run++) {
    for (const site of sites) {
      const made = await visitQuietly(site, certificate)
      visits[site.name] = [...(visits[site.name] ?? []), made]
      console.error(`run ${run} of ${runs}, ${site.name}: rows after ${made.rowsAt.toFixed(0)} ms`)
    }
  }
} finally {
  for (const site of sites) await site.stop()
}

const results: Results = { machine, visits }
const text = report(results)
if (options.out) writeFileSync(options.out, `${JSON.stringify(results, null, 1)}\n`)
if (options.md) writeFileSync(options.md, text)
console.log(text)
