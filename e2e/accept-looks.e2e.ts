import type { Page } from '@playwright/test'
import * as z from 'zod/mini'
import { createLink } from '#contract/invites.ts'
import { reportProspect } from '#contract/prospects.ts'
import { asMember, pathOf } from './accepting.ts'
import { expect, test } from './fixtures.ts'
import { expectGoodLooks, expectReady } from './looks.ts'

const Account = z.object({ id: z.string(), name: z.string(), mobile: z.string(), password: z.string() })
const press = (page: Page) => page.locator('form .button.primary').click()
const box = (page: Page, name: string) => page.locator(`[name=${name}]`)

/** The smallest window, which is also 1280 px at 400 % zoom, and a desktop. */
const windows = { 'in the smallest window': { width: 320, height: 640 }, 'in a large window': { width: 1440, height: 900 } }

for (const language of ['en-US', 'zh-CN'] as const) {
  for (const [place, viewport] of Object.entries(windows)) {
    test.describe(`in ${language}, ${place}`, () => {
      test.setTimeout(120_000)
      test.use({ locale: language, viewport })
      const isPhone = viewport.width < 640

      test('every step of accepting is accessible, translated and fits', async ({ page, browser, partner, signIn, mail, phone, clock, backstage }) => {
        const account = await backstage.ask('account', { facts: ['SPECIAL_CONTRACT'] }, Account)
        const context = await browser.newContext({ baseURL: backstage.url })
        await signIn(partner.admin, context)
        const call = await asMember(context, backstage.url)
        const email = `looks-${account.name}@prospect.example`
        await call(reportProspect, { body: { name: '溪桥软件有限公司', mobile: account.mobile, email, invite: { associationType: 'RESALE' } } })
        await expect.poll(() => mail.newest(email)).toContain('/invite/')
        const path = /(\/invite\/[\w-]+)/.exec(await mail.newest(email))?.[1] ?? ''
        const look = async (step: string) => {
          await expectReady(page)
          await expectGoodLooks(page, step)
        }

        await page.goto(path)
        await look('notice')
        if (!isPhone) await box(page, 'notice').check()
        await press(page)
        if (!isPhone) {
          await look('choice')
          await page.locator('.way').first().click()
        }
        await press(page)
        await look('registration with everything missing')
        await box(page, 'mobile').fill(account.mobile)
        await page.locator('.send').click()
        await expect(page.locator('.send[aria-disabled]')).toBeVisible()
        await box(page, 'code').fill(await phone.nextCode(account.mobile))
        await look('a code that was sent')
        if (isPhone) {
          await box(page, 'mayUseMobile').check()
          await press(page)
        } else await box(page, 'accountName').fill(`looks_${language.slice(0, 2)}`)
        await look('password')
        await box(page, 'password').fill('a long enough password')
        await box(page, 'again').fill('a long enough password')
        await press(page)
        await press(page)
        await look('agreements with everything missing')
        await page.locator('.tick .text-link').first().click()
        await expect(page.getByRole('dialog')).toBeVisible()
        await look('a document')
        await page.keyboard.press('Escape')
        await page.locator('.step-aside .button').click()
        await look('cancelled')

        await page.reload()
        if (!isPhone) await box(page, 'notice').check()
        await press(page)
        await page.locator(isPhone ? '.step-aside .text-link' : '.way >> nth=1').click()
        await look('hint')
        await press(page)
        await look('sign-in')
        await box(page, 'account').fill(account.name)
        await box(page, 'password').fill(account.password)
        await press(page)
        await expect(page.locator('[data-step=own-code]')).toBeVisible()
        // One number gets a code once a minute, whatever for.
        await clock.travel(61)
        await page.locator('.send').click()
        await box(page, 'code').fill(await phone.nextCode(account.mobile))
        await look('own code')
        await press(page)
        await page.locator('.ticks .all input').check()
        await press(page)
        await expect(page.locator('[data-cause=SPECIAL_CONTRACT]')).toBeVisible()
        await look('failed')
      })

      test('the end, the customer’s own pages and a void link are accessible, translated and fit', async ({ page, browser, partner, signIn, backstage }) => {
        const account = await backstage.ask('account', {}, Account)
        const context = await browser.newContext({ baseURL: backstage.url })
        await signIn(partner.admin, context)
        const { url } = await (await asMember(context, backstage.url))(createLink, { body: { kind: 'CUSTOM', associationType: 'RESALE', label: 'Fair' } })
        await page.goto('/my/partner')
        await expect(page).toHaveURL(/\/my\/sign-in$/)
        await expectReady(page)
        await expectGoodLooks(page, 'customer sign-in')
        await box(page, 'account').fill(account.name)
        await box(page, 'password').fill(account.password)
        await press(page)
        await expect(page).toHaveURL(/\/my\/partner$/)
        await expectReady(page)
        await expectGoodLooks(page, 'no partner')
        await page.goto(pathOf(url))
        if (!isPhone) await box(page, 'notice').check()
        await press(page)
        await expectReady(page)
        await expectGoodLooks(page, 'choice of a signed-in customer')
        await page.locator('.way').first().click()
        await press(page)
        await page.locator('.ticks .all input').check()
        await press(page)
        await expect(page.locator('[data-step=associated]')).toBeVisible()
        await expectGoodLooks(page, 'associated')
        await page.goto('/my/partner')
        await expectReady(page)
        await expectGoodLooks(page, 'my partner')
        await page.goto('/invite/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')
        await expectReady(page)
        await expectGoodLooks(page, 'void')
        // What else may stand behind a link, as the server's tests show it; here only how it looks.
        const [from, to] = ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z']
        for (const view of [{ state: 'expired', at: from }, { state: 'not_started', from, to }, { state: 'ended', from, to }, { state: 'partner_blocked' }]) {
          await page.route('**/api/invite/view', (route) => route.fulfill({ json: view }))
          await page.goto('/invite/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')
          await expectReady(page)
          await expectGoodLooks(page, `a link that is ${view.state}`)
          await page.unroute('**/api/invite/view')
        }
      })
    })
  }
}
