import { randomInt, randomUUID } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import * as z from 'zod/mini'
import { querySpecialists } from '#contract/specialists.ts'
import { asMember } from './accepting.ts'
import { expect, test } from './fixtures.ts'
import { expectFitsPhone, expectGoodLooks, expectReady } from './looks.ts'
import { notifications, rowsOf } from './steps.ts'

const Account = z.object({ id: z.string(), name: z.string(), mobile: z.string(), password: z.string() })
const specialists = (page: Page): Locator => rowsOf(page, 'List of project specialists')
const newMobile = () => `139${randomInt(10_000_000, 99_999_999)}`

async function pathIn(newest: () => Promise<string>): Promise<string> {
  let path = ''
  await expect.poll(async () => {
    path = /https?:\/\/\S+?(\/specialist\/[\w-]{22})/.exec(await newest())?.[1] ?? ''
    return path
  }, 'a message with a link').not.toBe('')
  return path
}

async function signIn(page: Page, { name, password }: z.infer<typeof Account>): Promise<void> {
  await page.getByRole('textbox', { name: 'Account name or mobile number' }).fill(name)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('a specialist is invited by SMS, accepts, is approved, enters the qualifications, is read by the partner and unbound', async ({ signedInPage: page, partner, phone, backstage, browser, baseURL }) => {
  test.setTimeout(120_000)
  const account = await backstage.ask('account', {}, Account)
  await backstage.tell('operator', { words: ['account:set', '--name', account.name, '--kind', 'personal'] })
  const mobile = newMobile()
  await page.goto('/organization/specialists')
  await expectReady(page)
  await expect(page.getByText('No project specialists yet')).toBeVisible()
  await expectGoodLooks(page, 'no specialists')
  await page.getByRole('button', { name: 'Invite specialist' }).click()
  const form = page.getByRole('dialog', { name: 'Invite specialist' })
  await form.getByRole('button', { name: 'Send invitation' }).click()
  await expect(form.getByRole('textbox', { name: 'Mobile' })).toBeFocused()
  await expectGoodLooks(page, 'inviting a specialist')
  await expectFitsPhone(page, 'inviting a specialist')
  await form.getByRole('textbox', { name: 'Mobile' }).fill(`+86 ${mobile}`)
  await form.getByRole('textbox', { name: 'Name' }).fill('郑思远')
  await page.keyboard.press('Enter')
  await expect(notifications(page)).toContainText('The invitation is on its way')
  const row = specialists(page)
  await expect(row).toContainText(['Invited'])
  await expect(row).toContainText(`${mobile.slice(0, 3)}****${mobile.slice(-4)}`)
  await row.getByRole('button', { name: 'Show full Mobile' }).or(row.getByRole('button', { name: /Mobile/ })).first().click()
  await expect(row).toContainText(mobile.slice(3, 7))

  const path = await pathIn(() => phone.newest(`+86${mobile}`))
  const theirs = await (await browser.newContext({ locale: 'en-US', timezoneId: 'Asia/Shanghai', viewport: { width: 390, height: 844 }, reducedMotion: 'reduce', ...(baseURL !== undefined && { baseURL }) })).newPage()
  const asked: string[] = []
  theirs.on('request', (sent) => asked.push(sent.url()))
  await theirs.goto(path)
  await expect(theirs.getByRole('heading', { level: 1, name: 'Blue Harbor Cloud invites you as a project specialist' })).toBeVisible()
  expect(new URL(theirs.url()).pathname).toBe('/my/specialist')
  expect(asked.filter((url) => /\/api\/session|AppLayout|\/app-/.test(url))).toEqual([])
  await expectGoodLooks(theirs, 'a specialist’s invitation on a phone')
  await theirs.reload()
  await signIn(theirs, account)
  await theirs.getByRole('button', { name: 'Accept', exact: true }).click()
  await expect(theirs.getByText('You accepted the invitation of Blue Harbor Cloud and are under review')).toBeVisible()
  await expect(theirs.getByRole('heading', { name: 'Qualifications' })).toBeVisible()

  const [one] = (await (await asMember(page.context(), backstage.url))(querySpecialists, { body: {} })).items
  await backstage.tell('operator', { words: ['specialist:review', '--partner', partner.account, '--specialist', one?.id ?? '', '--approve'] })
  await theirs.goto('/my/specialist')
  await expect(theirs.getByText('You are a project specialist of Blue Harbor Cloud')).toBeVisible()
  await theirs.getByRole('button', { name: 'Add certificate' }).click()
  const entry = theirs.getByRole('group', { name: 'Certificates 1' })
  await expect(entry.getByRole('textbox', { name: 'Certificate' })).toBeFocused()
  await theirs.getByRole('button', { name: 'Save' }).click()
  await expect(entry.getByRole('textbox', { name: 'Certificate' })).toBeFocused()
  await entry.getByRole('textbox', { name: 'Certificate' }).fill('Cloud architect')
  await entry.getByRole('textbox', { name: 'Issued by' }).fill('The vendor')
  await entry.getByRole('textbox', { name: 'Issued in month' }).fill('2025/3')
  await expectGoodLooks(theirs, 'entering a qualification on a phone')
  await theirs.getByRole('button', { name: 'Save' }).click()
  await expect(theirs.getByText('Your qualifications are saved.')).toBeVisible()
  await theirs.reload()
  await expect(entry.getByRole('textbox', { name: 'Issued in month' })).toHaveValue('2025-03')

  await page.reload()
  await row.getByRole('link', { name: 'View qualifications' }).click()
  const drawer = page.getByRole('dialog', { name: 'Qualifications' })
  await expect(drawer).toContainText('Cloud architect')
  await expectGoodLooks(page, 'qualifications')
  await page.keyboard.press('Escape')
  await row.getByRole('button', { name: /^More actions/ }).click()
  await page.getByRole('menuitem', { name: 'Unbind' }).click()
  const question = page.getByRole('dialog', { name: 'Unbind the specialist?' })
  await expectGoodLooks(page, 'unbinding')
  await question.getByRole('button', { name: 'Unbind' }).click()
  await expect(row).toContainText('Unbound')
  await expect(row.getByRole('link', { name: 'View qualifications' })).toHaveCount(0)
  await theirs.reload()
  await expect(theirs.getByText('You are no longer bound to Blue Harbor Cloud')).toBeVisible()
  expect((await partner.logged('specialist.unbound')).length).toBe(1)
})

test('an enterprise account is refused with a sentence; a mail sent again is another link, and a cancelled one opens nothing', async ({ signedInPage: page, mail, clock, partner, signIn: signInMember, backstage, browser, baseURL }) => {
  const account = await backstage.ask('account', {}, Account)
  const email = `delivery-${randomUUID().slice(0, 8)}@person.example`
  await page.goto('/organization/specialists')
  await page.getByRole('button', { name: 'Invite specialist' }).click()
  const form = page.getByRole('dialog', { name: 'Invite specialist' })
  await form.getByRole('radio', { name: 'Email' }).check()
  await form.getByRole('textbox', { name: 'Email' }).fill(email)
  await form.getByRole('textbox', { name: 'Name' }).fill('周岚')
  await form.getByRole('button', { name: 'Send invitation' }).click()
  const first = await pathIn(() => mail.newest(email))

  const theirs = await (await browser.newContext({ locale: 'en-US', timezoneId: 'Asia/Shanghai', ...(baseURL !== undefined && { baseURL }) })).newPage()
  await theirs.goto(first)
  await signIn(theirs, account)
  await theirs.getByRole('button', { name: 'Accept', exact: true }).click()
  await expect(theirs.getByRole('alert')).toContainText('An enterprise account cannot become a project specialist. Use a personal account.')

  await clock.travel(61)
  await signInMember(partner.admin)
  const row = specialists(page)
  await row.getByRole('button', { name: /^More actions/ }).click()
  await page.getByRole('menuitem', { name: 'Send again' }).click()
  await page.getByRole('dialog', { name: 'Send the invitation again?' }).getByRole('button', { name: 'Send again' }).click()
  await expect(notifications(page)).toContainText('on its way again')
  await expect.poll(() => pathIn(() => mail.newest(email))).not.toBe(first)
  await theirs.goto(first)
  await expect(theirs.getByRole('heading', { level: 1, name: 'This invitation is over' })).toBeFocused()
  await expectGoodLooks(theirs, 'a link that is over')

  await row.getByRole('button', { name: /^More actions/ }).click()
  await page.getByRole('menuitem', { name: 'Cancel invitation' }).click()
  await page.getByRole('dialog', { name: 'Cancel the invitation?' }).getByRole('button', { name: 'Cancel invitation' }).click()
  await expect(row).toContainText('Cancelled')
  await theirs.goto(await pathIn(() => mail.newest(email)))
  await expect(theirs.getByRole('heading', { level: 1, name: 'This invitation is over' })).toBeVisible()
})

test('whoever may only look sees the list and no buttons, and the page speaks Chinese', async ({ page, partner, signIn: signInMember }) => {
  await signInMember(await partner.hasMember({ role: 'director' }))
  await page.goto('/organization/specialists')
  await expectReady(page)
  await expect(page.getByRole('button', { name: 'Invite specialist' })).toHaveCount(0)
  await page.evaluate(() => localStorage.setItem('language', 'zh-CN'))
  await page.goto('/my/specialist')
  await expect(page.getByRole('heading', { level: 1, name: '项目专员' })).toBeVisible()
  await expectGoodLooks(page, 'the specialist’s door in Chinese')
})
