import { readdirSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import axe, { type RunOptions } from 'axe-core'

declare global {
  // Once the program has run in the page.
  interface Window { axe?: typeof axe }
}

/** What the standard asks for, as axe names it. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']

/** The page has arrived: its heading is there and nothing is on its way any more. */
export async function expectReady(page: Page): Promise<void> {
  await expect(page.getByRole('heading').first()).toBeVisible()
  await expect(page.locator('.skeleton, [aria-busy=true], .busy').filter({ visible: true })).toHaveCount(0)
}

/** Checks what is on the screen: no finding of axe by WCAG 2.2 A and AA in the light and the dark theme, no key in place of a text, nothing that
 *  scrolls the page sideways. The page follows the system's theme. @param what names the state in a failure. */
export async function expectGoodLooks(page: Page, what: string): Promise<void> {
  expect.soft(await findings(page, { type: 'tag', values: rules }), `axe: ${what}`).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  // Words and structure are the same in both themes; colours are not.
  expect.soft(await findings(page, { type: 'rule', values: ['color-contrast'] }), `axe in the dark: ${what}`).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
  await expectNoKeys(page, what)
  await expectNoSidewaysScroll(page, what)
}

/** What is right is not described: on a long page that takes longer than finding what is wrong. */
async function findings(page: Page, runOnly: NonNullable<RunOptions['runOnly']>): Promise<string[]> {
  if (await page.evaluate(() => window.axe === undefined)) await page.evaluate(axe.source)
  const violations = await page.evaluate(async (options) => (await window.axe?.run(document, options))?.violations, { runOnly, resultTypes: ['violations'] } satisfies RunOptions)
  if (!violations) throw new Error('axe did not run')
  return violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`).join('; ')}`)
}

const areas = readdirSync(new URL('../src/i18n/en-US', import.meta.url)).map((file) => file.replace('.ts', '').replaceAll('-', '_'))
const keys = new RegExp(String.raw`(?<![@.\w])(${areas.join('|')})\.[a-z_]+(\.[\w-]+)*|\{\{\w*\}\}|undefined|NaN`, 'g')

/** A text that is missing shows as its key, such as `funds.title`. */
async function expectNoKeys(page: Page, what: string): Promise<void> {
  const words = await page.locator('body').innerText()
  expect.soft(words.match(keys), `texts: ${what}`).toBeNull()
}

/** Tables may scroll in their own box; the page never does. */
async function expectNoSidewaysScroll(page: Page, what: string): Promise<void> {
  const width = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await expect.poll(width, `wider than the window: ${what}`).toBeLessThanOrEqual(0)
}

/** As expectNoSidewaysScroll, in a phone's width; the window is 1440 wide again afterwards. */
export async function expectFitsPhone(page: Page, what: string): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoSidewaysScroll(page, `${what}, 390 wide`)
  await page.setViewportSize({ width: 1440, height: 900 })
}
