import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']

/** The page has arrived: its heading is there and nothing is on its way any more. */
export async function expectReady(page: Page): Promise<void> {
  await expect(page.getByRole('heading').first()).toBeVisible()
  await expect(page.locator('.skeleton, [aria-busy=true], .busy')).toHaveCount(0)
}

/** Checks what is on the screen: no finding of axe by WCAG 2.2 A and AA, no key in place of a text, nothing that scrolls the page sideways.
 *  @param what names the state in a failure. */
export async function expectGoodLooks(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).setLegacyMode().analyze()
  const findings = violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`).join('; ')}`)
  expect.soft(findings, `axe: ${what}`).toEqual([])
  await expectNoKeys(page, what)
  await expectNoSidewaysScroll(page, what)
}

/** A text that is missing shows as its key, such as `funds.title`. */
async function expectNoKeys(page: Page, what: string): Promise<void> {
  const words = await page.locator('body').innerText()
  expect.soft(words.match(/\b(common|errors|session|customers|exports|funds|home|log|palette|profile|proof|shell)\.[a-z_]+(\.[\w-]+)*|\{\{\w*\}\}|undefined|NaN/g), `texts: ${what}`).toBeNull()
}

/** Tables may scroll in their own box; the page never does. */
export async function expectNoSidewaysScroll(page: Page, what: string): Promise<void> {
  const { scroll, client } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth }))
  expect.soft(scroll, `wider than the window: ${what}`).toBeLessThanOrEqual(client)
}

/** As expectNoSidewaysScroll, in a phone's width; the window is 1440 wide again afterwards. */
export async function expectFitsPhone(page: Page, what: string): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoSidewaysScroll(page, `${what}, 390 wide`)
  await page.setViewportSize({ width: 1440, height: 900 })
}
