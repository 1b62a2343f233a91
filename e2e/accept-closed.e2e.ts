import { createLink, queryInvitations, revokeInvitation, revokeLink } from '#contract/invites.ts'
import { reportProspect } from '#contract/prospects.ts'
import type { Page } from '@playwright/test'
import { asMember, agree, choose, fillRegistration, pathOf } from './accepting.ts'
import { expect, test } from './fixtures.ts'

const sevenDays = 7 * 86_400
const problem = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

test('a link that was revoked is refused at the next step, and a link nobody gave out looks the same', async ({ page, browser, partner, signIn, backstage }) => {
  const context = await browser.newContext({ baseURL: backstage.url })
  await signIn(partner.admin, context)
  const call = await asMember(context, backstage.url)
  const { link, url } = await call(createLink, { body: { kind: 'CUSTOM', associationType: 'REFERRAL', label: 'Fair' } })
  await page.goto(pathOf(url))
  await choose(page, 'Register and associate')
  await call(revokeLink, { params: { id: link.id }, body: {} })
  await page.getByRole('textbox', { name: 'Mobile number' }).fill('13912342001')
  await page.getByRole('button', { name: 'Get code' }).click()
  await expect(problem(page, 'This invitation is not valid any more')).toBeVisible()
  const words = await page.getByRole('main').innerText()
  await page.goto('/invite/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')
  await expect(problem(page, 'This invitation is not valid any more')).toBeVisible()
  expect(await page.getByRole('main').innerText()).toBe(words)
  expect(new URL(page.url()).pathname).toBe('/invite')
})

test('a mail’s link ends after seven days and says when; a revoked one only says that it is void', async ({ page, browser, partner, signIn, mail, clock, backstage }) => {
  const context = await browser.newContext({ baseURL: backstage.url })
  await signIn(partner.admin, context)
  const call = await asMember(context, backstage.url)
  const invited = async (name: string, mobile: string) => {
    const email = `${name}@prospect.example`
    await call(reportProspect, { body: { name: '溪桥软件有限公司', mobile, email, invite: { associationType: 'REFERRAL' } } })
    await expect.poll(() => mail.newest(email)).toContain('/invite/')
    return /(\/invite\/[\w-]+)/.exec(await mail.newest(email))?.[1] ?? ''
  }
  const [first, second] = [await invited('first', '13912343001'), await invited('second', '13912343002')]
  const { items } = await call(queryInvitations, { body: { page: 1, pageSize: 10 } })
  const last = items.find(({ mobileMasked }) => mobileMasked?.endsWith('3002'))
  await call(revokeInvitation, { params: { id: last?.id ?? '' }, body: {} })
  await page.goto(second)
  await expect(problem(page, 'This invitation is not valid any more')).toBeVisible()

  await clock.travel(sevenDays - 120)
  await page.goto(first)
  await expect(page.getByText('139****3001', { exact: true })).toBeVisible()
  await clock.travel(130)
  await page.goto(first)
  await expect(problem(page, 'This invitation has expired')).toBeVisible()
  await expect(page.getByText(/^It expired on \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(GMT\+08:00\)\. Ask the partner for a new one\.$/)).toBeVisible()
})

test('after a lost answer the same press does no harm: the account is there once and its owner goes on', async ({ page, browser, partner, signIn, phone, backstage }) => {
  const context = await browser.newContext({ baseURL: backstage.url })
  await signIn(partner.admin, context)
  const { url } = await (await asMember(context, backstage.url))(createLink, { body: { kind: 'CUSTOM', associationType: 'REFERRAL', label: 'Fair' } })
  await page.goto(pathOf(url))
  await choose(page, 'Register and associate')
  await fillRegistration(page, { accountName: 'lost_answer', mobile: '13912344001', newestCode: () => phone.nextCode('+8613912344001') })
  await page.route('**/api/invite/register', async (route) => {
    await route.fetch({ maxRedirects: 0 })
    await route.abort()
  }, { times: 1 })
  await agree(page, 'Register')
  await expect(page.getByText('No answer came, so the result is not known.')).toBeVisible()
  await page.getByRole('button', { name: 'Register', exact: true }).click()
  await expect(page.getByText('If this account is yours')).toBeVisible()
  await page.getByRole('button', { name: 'I have an account' }).click()
  await page.getByRole('textbox', { name: 'Account name or mobile number' }).fill('lost_answer')
  await page.getByLabel('Password').fill('a long enough password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await agree(page, 'Associate')
  await expect(problem(page, 'You are now a customer of Blue Harbor Cloud')).toBeFocused()
})
