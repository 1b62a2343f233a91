// `npm run screenshots`: starts the product with its demo on an embedded database of its own and takes the pictures of the README.
// `npm run screenshots -- coupons` takes those whose name has that in it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ensureConsole } from './build.mjs'
import { ensureInstalled, findNode, root, runMain, Stop } from './install.mjs'
import { ensureChromium } from './system.mjs'

const images = join(root, 'docs', 'images')
const bytesMax = 250_000
const desk = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

/** @type {{ name: string, path: string, language: string, theme: string, viewport: { width: number, height: number }, act?: (page: import('@playwright/test').Page) => Promise<void> }[]} */
const pictures = [
  { name: 'home-light-zh', path: '/', language: 'zh-CN', theme: 'light', viewport: desk },
  { name: 'customers-light-zh', path: '/customers', language: 'zh-CN', theme: 'light', viewport: desk },
  { name: 'customers-dark-en', path: '/customers', language: 'en-US', theme: 'dark', viewport: desk },
  { name: 'customers-phone', path: '/customers', language: 'zh-CN', theme: 'light', viewport: phone },
  { name: 'funds-light-zh', path: '/funds', language: 'zh-CN', theme: 'light', viewport: desk },
  { name: 'customer-light-zh', path: '/customers?sort=-balance', language: 'zh-CN', theme: 'light', viewport: desk, act: openFirst },
  { name: 'development-light-zh', path: '/customers/development', language: 'zh-CN', theme: 'light', viewport: desk },
  { name: 'invitations-light-zh', path: '/invites?tab=records', language: 'zh-CN', theme: 'light', viewport: desk },
  { name: 'link-dark-en', path: '/invites?tab=custom', language: 'en-US', theme: 'dark', viewport: desk, act: openLink },
  { name: 'accept-phone', path: '/invites?tab=custom', language: 'zh-CN', theme: 'light', viewport: phone, act: followLink },
  { name: 'security-check-light-zh', path: '/customers?todo=arrears', language: 'zh-CN', theme: 'light', viewport: desk, act: askForCode },
  { name: 'coupons-light-zh', path: '/coupons/issued', language: 'zh-CN', theme: 'light', viewport: desk },
  { name: 'issue-coupons-light-zh', path: '/customers?associationType=RESALE', language: 'zh-CN', theme: 'light', viewport: desk, act: issueCoupons },
  { name: 'incentives-dark-en', path: '/incentives', language: 'en-US', theme: 'dark', viewport: desk },
  { name: 'payments-light-zh', path: '/incentives/payments', language: 'zh-CN', theme: 'light', viewport: desk },
]

await runMain(async () => {
  const [part = ''] = process.argv.slice(2)
  const wanted = pictures.filter(({ name }) => name.includes(part))
  if (wanted.length === 0) throw new Stop(`No picture has ${part} in its name. There are: ${pictures.map(({ name }) => name).join(', ')}.`)
  ensureInstalled()
  await ensureConsole()
  const executablePath = ensureChromium()
  const { chromium } = await import('@playwright/test')
  const directory = mkdtempSync(join(tmpdir(), 'partner-center-pictures-'))
  const server = await startServer(directory)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    mkdirSync(images, { recursive: true })
    for (const picture of wanted) await take(browser, server.url, picture)
  } finally {
    await browser.close()
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  return 0
})

/** The product as `npm start` runs it, on a free port, with nothing of this machine's settings. */
async function startServer(directory) {
  const child = spawn(findNode(), ['--disable-warning=ExperimentalWarning', 'server/main.ts'], {
    cwd: root, env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: directory, LOG_LEVEL: 'silent' }, stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const url = await new Promise((found, failed) => {
    createInterface(child.stdout).on('line', (line) => {
      const match = /(http:\/\/\S+)/.exec(line)
      if (match) found(match[1])
    })
    void exited.then(() => failed(new Stop('The server ended before it was ready; the reason stands above.')))
  })
  return { url, stop: async () => { child.kill('SIGTERM'); await exited } }
}

async function take(browser, url, { name, path, language, theme, viewport, act }) {
  const context = await browser.newContext({ baseURL: url, locale: language, timezoneId: 'Asia/Shanghai', viewport, reducedMotion: 'reduce' })
  await context.addInitScript(([words, colours]) => {
    localStorage.setItem('language', words)
    localStorage.setItem('theme', colours)
  }, [language, theme])
  await context.request.post('/api/session', { data: { account: 'demo', password: 'demo-partner-center' }, headers: { origin: url } })
  const page = await context.newPage()
  await page.goto(path)
  await settled(page)
  await act?.(page)
  await settled(page)
  const file = join(images, `${name}.png`)
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' })
  await context.close()
  const { size } = statSync(file)
  console.log(`${name}.png, ${Math.round(size / 1000)} kB`)
  if (size > bytesMax) throw new Stop(`${name}.png is larger than ${bytesMax / 1000} kB.`)
}

/** Nothing is loading any more and the fonts are there. */
async function settled(page) {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => [...document.querySelectorAll('.skeleton, [aria-busy=true]')].every((element) => !element.checkVisibility({ visibilityProperty: true })))
  await page.evaluate(() => document.fonts.ready)
}

/** The first customer of the list. */
async function openFirst(page) {
  await page.locator('tbody a[data-open]').first().click()
  await page.waitForURL(/customers\/[0-9a-f-]{36}/)
}

/** A link that works, with its code. */
async function openLink(page) {
  await page.locator('tbody tr').first().getByRole('button').first().click()
  await page.getByRole('dialog').locator('svg').first().waitFor()
}

/** What a customer who follows a new link sees. */
async function followLink(page) {
  const { csrf } = await (await page.request.get('/api/session')).json()
  const made = await page.request.post('/api/invite-links', { data: { kind: 'CUSTOM', associationType: 'RESALE', label: '秋季渠道大会' }, headers: { origin: new URL(page.url()).origin, 'x-csrf': csrf, 'idempotency-key': crypto.randomUUID() } })
  await page.goto(new URL((await made.json()).url).pathname)
}

/** Three customers ticked, amounts filled in, a code sent: what the server froze. */
async function askForCode(page) {
  const boxes = page.locator('tbody tr').filter({ hasText: '代售' }).getByRole('checkbox')
  for (const place of [0, 1, 2]) await boxes.nth(place).check()
  await page.getByRole('link', { name: '批量拨款' }).click()
  const amounts = page.getByRole('dialog').locator('[data-amount]')
  for (const [place, amount] of ['12000', '3000', '1000'].entries()) await amounts.nth(place).fill(amount)
  await page.getByRole('dialog').locator('button[type=submit]').last().click()
  await page.getByRole('button', { name: '获取验证码' }).click()
  await page.locator('.ref').waitFor()
}

/** Three customers ticked, a quota chosen, a face value filled in: what will be left of the quota. */
async function issueCoupons(page) {
  const boxes = page.locator('tbody tr').getByRole('checkbox')
  for (const place of [0, 1, 2]) await boxes.nth(place).check()
  await page.getByRole('link', { name: '发放券' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('combobox').first().selectOption({ index: 3 })
  await form.locator('.amount input').first().fill('500')
}
