// `npm test`: every check there is, in the order in which a person would want to hear of a failure. `npm test -- unit lint` runs only those.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureConsole } from './build.mjs'
import { ensureInstalled, findNode, root, run, runMain, Stop } from './install.mjs'
import { ensureChromium, ensurePostgres } from './system.mjs'

/** @typedef {{ passed: number, failed: number }} Count */

const projects = ['contract', 'server', 'src', 'e2e', 'bench'].filter((name) => existsSync(join(root, name, 'tsconfig.json')))
const reports = mkdtempSync(join(tmpdir(), 'partner-center-test-'))
const bin = (...path) => join(root, 'node_modules', ...path)

/** @type {Record<string, { title: string, needs?: () => void, run: () => Promise<Count> }>} */
const steps = {
  types: {
    title: `Types (${projects.join(', ')})`,
    run: async () => {
      let clean = true
      for (const project of projects) clean = (await node(bin('typescript', 'bin', 'tsc'), '--project', project)) === 0 && clean
      return one(clean)
    },
  },
  lint: { title: 'Lint and borders', run: async () => one((await node(bin('oxlint', 'bin', 'oxlint'))) === 0) },
  'dead-code': { title: 'Dead code', run: async () => one((await node(bin('knip', 'bin', 'knip.js'), '--no-progress')) === 0) },
  unit: { title: 'Unit and component tests', run: () => vitest('unit', 'component') },
  embedded: { title: 'API tests on the embedded database', run: () => vitest('embedded') },
  postgres: { title: 'API and race tests on PostgreSQL', needs: ensurePostgres, run: () => vitest('postgres') },
  build: {
    title: 'Build and bundle budget',
    run: async () => {
      await ensureConsole()
      return one((await node(join(root, 'scripts', 'bundle-budget.mjs'))) === 0)
    },
  },
  e2e: {
    title: 'Journeys in Chromium',
    needs: () => {
      process.env.CHROMIUM_PATH = ensureChromium()
      ensurePostgres()
    },
    run: playwright,
  },
}
const crashRounds = join(root, 'scripts', 'crash.mjs')
if (existsSync(crashRounds)) {
  steps.crash = { title: 'Crash rounds', needs: ensurePostgres, run: async () => one((await node(crashRounds, '--rounds', '3')) === 0) }
}

await runMain(async () => {
  const chosen = process.argv.slice(2)
  const unknown = chosen.filter((name) => !(name in steps))
  if (unknown.length > 0) throw new Stop(`There is no step ${unknown.join(', ')}. The steps are: ${Object.keys(steps).join(', ')}.`)
  ensureInstalled()
  const total = { passed: 0, failed: 0 }
  const failing = []
  for (const name of chosen.length > 0 ? chosen : Object.keys(steps)) {
    const { passed, failed } = await runStep(steps[name])
    total.passed += passed
    total.failed += failed
    if (failed > 0) failing.push(name)
  }
  rmSync(reports, { recursive: true, force: true })
  if (failing.length > 0) console.log(`\nFailing: ${failing.join(', ')}`)
  console.log(`\n${total.passed} passed, ${total.failed} failed`)
  return total.failed === 0 ? 0 : 1
})

/** A step that fails, for whatever reason, does not keep the later ones from running. */
async function runStep({ title, needs, run: work }) {
  const started = performance.now()
  console.log(`\n── ${title} ──`)
  const count = await attempt(async () => {
    needs?.()
    return work()
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${count.failed === 0 ? 'ok' : 'FAILED'}: ${count.passed} passed, ${count.failed} failed, ${seconds} s`)
  return count
}

async function attempt(work) {
  try {
    return await work()
  } catch (error) {
    console.error(error instanceof Stop ? error.message : error)
    return one(false)
  }
}

function one(isGood) {
  return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1 }
}

function node(...args) {
  return run(findNode(), args)
}

async function vitest(...names) {
  const report = join(reports, `${names.join('-')}.json`)
  const code = await node(
    bin('vitest', 'vitest.mjs'),
    'run',
    ...names.flatMap((name) => ['--project', name]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  )
  return atLeastOneFailure(code, countVitest(read(report)))
}

/** A file that could not even be loaded has no tests to count, but is a failure all the same. */
function countVitest(report) {
  if (!report) return { passed: 0, failed: 0 }
  const unloaded = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length }
}

async function playwright() {
  const report = join(reports, 'e2e.json')
  const code = await run(
    findNode(),
    [bin('@playwright', 'test', 'cli.js'), 'test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
    { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report, FORCE_COLOR: '0' } },
  )
  const { stats, errors = [] } = read(report) ?? { stats: { expected: 0, unexpected: 0, flaky: 0 } }
  // A flaky test passed at its second attempt: somebody's click can still fail like the first.
  return atLeastOneFailure(code, { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length })
}

function read(report) {
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined
}

/** The exit code has the last word: an error outside of any test is in no report. */
function atLeastOneFailure(code, { passed, failed }) {
  return { passed, failed: code === 0 ? failed : Math.max(1, failed) }
}
