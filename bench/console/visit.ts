import { setTimeout as pause } from 'node:timers/promises'
import { chromium, type BrowserContext, type Page } from '@playwright/test'
import { installProbe } from './probe.ts'
import type { Site } from './sites.ts'
import { watchTraffic, type Bytes, type Traffic } from './traffic.ts'

export const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
export const CPU_SLOWDOWN = 4
/** Chromium's "fast 4G": 165 ms, 9 Mbit/s down, 1.35 Mbit/s up. */
export const NETWORK = { latency: 165, downloadThroughput: 9e6 / 8, uploadThroughput: 1.35e6 / 8 }

const KEY_GAP = 120
const TICK_GAP = 500
/** The browser tells nothing of an event under this many milliseconds; it is counted as taking this long. */
const SHORTEST_EVENT = 16

/** What one cold visit to a site gave. Times are milliseconds, sizes bytes. */
export interface Visit {
  rowsAt: number
  bytes: Bytes
  /** With what came after the rows (prefetching), until the page was quiet */
  bytesInAll: Bytes
  /** Layout shift until the page was quiet, and until the end of the visit */
  shift: number
  shiftInAll: number
  /** One figure per key, per tick */
  keys: number[]
  ticks: number[]
  /** From the click to the second page's data: the first time, the same page again, and another object of its kind (where there is one) */
  routeFirst: number
  routeAgain: number
  routeAnother: number | undefined
  /** A fixed loop before and after the visit, the slower of the two; tells whether the machine was busy with other things */
  calibration: number
}

/** One person's visit in a new browser: load, type, tick, go to the second page and back. Refuses when the page throws or a step is impossible. */
export async function visit(site: Site, certificateHash: string): Promise<Visit> {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost',
      // Unlike "ignore all certificate errors", this leaves the browser's cache on
      `--ignore-certificate-errors-spki-list=${certificateHash}`,
    ],
  })
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' })
    return await walk(context, site)
  } finally {
    await browser.close()
  }
}

async function walk(context: BrowserContext, site: Site): Promise<Visit> {
  if (site.cookies.length > 0) await context.addCookies(site.cookies.map((cookie) => ({ ...cookie, url: site.origin })))
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  const cdp = await context.newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
  const before = await page.evaluate(countLoop)
  const traffic = await watchTraffic(cdp)
  await cdp.send('Network.emulateNetworkConditions', { offline: false, ...NETWORK })
  await page.addInitScript(installProbe, site.selectors.row)

  await page.goto(`${site.origin}/customers`, { waitUntil: 'commit' })
  const rows = await page.waitForFunction(() => window.probe.rowsAt, undefined, { timeout: 60_000, polling: 100 })
  const rowsAt = (await rows.jsonValue()) ?? Number.NaN
  await settle(page, traffic, 1000)
  const loaded = {
    rowsAt,
    bytes: traffic.bytesUntil(rowsAt),
    bytesInAll: traffic.bytesUntil(Number.POSITIVE_INFINITY),
    shift: await page.evaluate(() => window.probe.shift),
  }
  const ticks = await tickRows(page, site, traffic)
  const keys = await typeInFilter(page, site, traffic)
  const routes = await changeRoutes(page, site, traffic)
  if (errors.length > 0) throw new Error(`${site.name} threw: ${errors.join('; ')}`)
  const shiftInAll = await page.evaluate(() => window.probe.shift)
  const calibration = Math.max(before, await page.evaluate(countLoop))
  return { ...loaded, ticks, keys, ...routes, shiftInAll, calibration }
}

/** Runs in the page: milliseconds for a loop of always the same length, the mean of three after one to warm up. */
function countLoop() {
  const time = () => {
    const start = performance.now()
    let sum = 0
    for (let i = 0; i < 1e7; i++) sum = (sum * 31 + i) | 0
    const took = performance.now() - start
    // A sum that nothing reads may be left out by the compiler
    document.title = String(sum)
    return took
  }
  time()
  return (time() + time() + time()) / 3
}

/** Waits until, from now on, nothing was fetched and no long task ran for `quiet` ms; at most 20 s. */
async function settle(page: Page, traffic: Traffic, quiet: number) {
  const giveUp = performance.now() + 20_000
  // What was just done shows its effects only later (a filter waits for the typist)
  await pause(quiet)
  while (performance.now() < giveUp) {
    const idle = await page.evaluate(() => performance.now() - window.probe.busyUntil)
    if (Math.min(idle, traffic.quietFor()) >= quiet) return
    await pause(100)
  }
}

/** The duration of each of the interactions that `act` makes, of which there are `count`. */
async function timeInteractions(page: Page, traffic: Traffic, count: number, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => window.probe.interactions.clear())
  await act()
  await settle(page, traffic, 600)
  const told = await page.evaluate(() => [...window.probe.interactions.values()])
  return [...told, ...Array.from({ length: Math.max(0, count - told.length) }, () => SHORTEST_EVENT)]
}

async function tickRows(page: Page, { selectors }: Site, traffic: Traffic) {
  const rows = page.locator(selectors.row).filter({ has: page.locator(selectors.tick) })
  // Off again at the end, so that the next step starts from the same page
  const order = [0, 1, 2, 2, 1, 0]
  return timeInteractions(page, traffic, order.length, async () => {
    for (const index of order) {
      await rows.nth(index).locator(selectors.tick).first().click({ timeout: 8000 })
      await pause(TICK_GAP)
    }
  })
}

async function typeInFilter(page: Page, { selectors, filterText }: Site, traffic: Traffic) {
  await page.locator(selectors.filter).first().click({ timeout: 8000 })
  await settle(page, traffic, 600)
  const press = async (key: string) => {
    await page.keyboard.press(key)
    await pause(KEY_GAP)
  }
  return timeInteractions(page, traffic, filterText.length * 2, async () => {
    for (const key of filterText) await press(key)
    await settle(page, traffic, 600)
    for (const _ of filterText) await press('Backspace')
  })
}

async function changeRoutes(page: Page, { selectors }: Site, traffic: Traffic) {
  await page.waitForFunction((row) => window.probe.shows(row), selectors.row, { timeout: 20_000 })
  const links = page.locator(selectors.open)
  const open = async (index: number) => {
    await page.mouse.move(700, 450)
    await page.evaluate((selector) => window.probe.timeClick(selector), selectors.opened)
    await links.nth(index).click({ timeout: 8000 })
    const took = await page.waitForFunction(() => window.probe.clickTook, undefined, { timeout: 20_000, polling: 50 })
    await settle(page, traffic, 500)
    return (await took.jsonValue()) ?? Number.NaN
  }
  const back = async () => {
    await page.evaluate(() => history.back())
    await page.waitForFunction((row) => window.probe.shows(row), selectors.row, { timeout: 20_000 })
    await settle(page, traffic, 500)
  }
  const routeFirst = await open(0)
  await back()
  const routeAgain = await open(0)
  await back()
  const routeAnother = (await links.count()) > 1 ? await open(1) : undefined
  return { routeFirst, routeAgain, routeAnother }
}
