import { Figure } from '#contract/money.ts'
import { expect, test, type TestPartner } from './fixtures.ts'
import { expectFitsPhone, expectGoodLooks, expectReady } from './looks.ts'

const figure = (text: string) => Figure.parse(text)

/** Statements of every kind, so that every bar, mark and column has something to show. */
async function furnish(partner: TestPartner) {
  const [first, second] = [await partner.hasCustomer({ name: '青屿云桥科技有限公司' }), await partner.hasCustomer({ name: '云海数据有限公司' })]
  const statement = await partner.hasStatement({ taxPercent: 6, lines: [{ customerId: first.id, incentive: figure('48216.40') }, { customerId: second.id, incentive: figure('21477.90') }, { incentive: figure('3200.00') }] })
  const [one = '', , three = ''] = statement.lines
  await partner.hasCorrected(one, '-', '-477.90')
  await partner.hasCorrected(three, '-')
  await partner.hasStatement({ kind: 'project', onDeadline: 'LAPSE', workingDays: 40, lines: [{ incentive: figure('60000.00') }] })
  await partner.hasStatement({ kind: 'delivery', onDeadline: 'LAPSE', workingDays: 3, period: '2026-09' })
  await partner.hasFrozen(await partner.hasStatement({ period: '2026-09', lines: [{ customerId: second.id, incentive: figure('8800.00') }] }), '-')
  await partner.hasStatement({ period: '2026-08', isNegative: true, lines: [{ incentive: figure('-2600.00') }] })
  await partner.hasStatement({ period: '2026-11', isEstimated: true })
  return statement
}

for (const language of ['en-US', 'zh-CN'] as const) {
  test.describe(`in ${language}`, () => {
    test.setTimeout(180_000)
    test.use({ locale: language })

    test('every page and dialog of incentives is accessible, translated, and fits the window and a phone', async ({ signedInPage: page, partner }) => {
      const statement = await furnish(partner)
      for (const path of ['/incentives', '/incentives?tab=statements', '/incentives?tab=lines', '/incentives?tab=lines&bar=excluded', '/incentives?tab=freezes', `/incentives/${statement.id}`, `/incentives/${statement.id}?bar=tax`, '/incentives/projects', '/incentives?tab=statements&state=ISSUED', '/incentives/00000000-0000-4000-8000-000000000001']) {
        await page.goto(path)
        await expectReady(page)
        await expect(page.locator('html')).toHaveAttribute('lang', language)
        await expectGoodLooks(page, path)
        await expectFitsPhone(page, path)
      }
      await page.goto('/incentives?tab=lines')
      await page.locator('tbody a.row-action').first().click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectReady(page)
      await expectGoodLooks(page, 'details of a line')
      await expectFitsPhone(page, 'details of a line')
      await page.getByRole('dialog').locator('.section-line button').click()
      await expect(page.getByRole('dialog').getByRole('textbox')).toBeVisible()
      await expectGoodLooks(page, 'feedback')
      await page.goto('/incentives?tab=statements&todo=confirm')
      await page.locator('tbody button.row-action').first().click()
      await expect(page.getByRole('dialog').locator('tfoot')).toBeVisible()
      await expectGoodLooks(page, 'confirming')
      await expectFitsPhone(page, 'confirming')
    })
  })
}

test('the chart lies down on a phone and stays a list of links, and a statement prints without its controls', async ({ signedInPage: page, partner }) => {
  const statement = await furnish(partner)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/incentives')
  const bars = page.getByRole('figure').getByRole('link')
  await expect(bars.first()).toBeVisible()
  const [above, below] = [await bars.nth(0).boundingBox(), await bars.nth(1).boundingBox()]
  expect((below?.y ?? 0) - (above?.y ?? 0)).toBeGreaterThan(20)
  expect(below?.x).toBe(above?.x)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`/incentives/${statement.id}`)
  await expectReady(page)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('heading', { level: 1, name: statement.number })).toBeVisible()
  for (const hidden of [page.getByRole('navigation').first(), page.locator('.filters'), page.locator('.page-actions'), page.locator('tbody .row-actions').first()]) await expect(hidden).toBeHidden()
})
