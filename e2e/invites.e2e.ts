import type { Page } from '@playwright/test'
import * as z from 'zod/mini'
import { createLink, InviteCause } from '#contract/invites.ts'
import { reportProspect } from '#contract/prospects.ts'
import { expect, test } from './fixtures.ts'
import { asMember } from './accepting.ts'
import { expectFitsPhone, expectGoodLooks, expectReady } from './looks.ts'
import { notifications, rowsOf } from './steps.ts'

const Failed = z.object({ id: z.string(), number: z.string(), mobile: z.string(), email: z.string() })
const linkRows = (page: Page) => rowsOf(page, 'Generation records')
const records = (page: Page, table = 'Invitation records') => rowsOf(page, table)

/** What a partner reads about each cause, and the button that helps: the table of the rules, written out. */
const causes: Record<InviteCause, [cause: [en: string, zh: string], cure: [en: string, zh: string]]> = {
  SYSTEM_BUSY: [['System busy', '系统繁忙'], ['Resend', '重发邀请']],
  LINK_UNKNOWN: [['Link not found', '链接不存在'], ['Resend', '重发邀请']],
  LINK_EXPIRED: [['Link expired', '链接已过期'], ['Resend', '重发邀请']],
  LINK_USED: [['Link already used', '链接已使用'], ['Resend', '重发邀请']],
  LINK_REVOKED: [['Link revoked', '链接已撤销'], ['Resend', '重发邀请']],
  CODE_USED: [['Invitation code already used', '邀请码已使用'], ['Resend', '重发邀请']],
  ACTIVITY_ENDED: [['Activity over', '活动已结束'], ['Invite by mail', '发送线上邀请']],
  NO_RESALE: [['cannot develop resale customers', '不可发展代售客户'], ['Resend as referral', '改为顾问销售重发']],
  PHONE_DIFFERS: [['another number than reported', '手机号与报备不一致'], ['Check and resend', '核对并重发']],
  ACCOUNT_TOO_OLD: [['older than 7 days', '超过 7 天'], ['Preregister first', '先报备客户']],
  UNPAID_BILLS: [['Unpaid bills', '未付账单'], ['Resend after payment', '客户付款后重发']],
  CREDIT_ACCOUNT: [['Credit account', '信用账户'], ['Resend as referral', '改为顾问销售重发']],
  ENTERPRISE_MEMBERS: [['Enterprise members', '企业子账号'], ['Resend as referral', '改为顾问销售重发']],
  RESERVED_INSTANCES: [['reserved instances', '预留实例'], ['Resend as referral', '改为顾问销售重发']],
  SERVICE_CONTRACT: [['Professional-service contract', '专业服务合同'], ['Resend as referral', '改为顾问销售重发']],
  SPECIAL_CONTRACT: [['Special contract', '特殊合同'], ['Resend after cancelling', '客户解除后重发']],
  REPORTED_BY_OTHER: [['Preregistered by another partner', '已被其他伙伴报备'], ['Invite another account', '邀请其他账号']],
  ALREADY_ASSOCIATED: [['Already associated', '已与伙伴关联'], ['Invite another account', '邀请其他账号']],
  IS_PARTNER: [['is a partner', '是伙伴'], ['Invite another account', '邀请其他账号']],
  VENDOR_INTERNAL: [['Internal account', '内部账号'], ['Invite another account', '邀请其他账号']],
  CONSUMER_CLOUD: [['consumer cloud', '消费者云'], ['Invite another account', '邀请其他账号']],
  REPORTED_BY_VENDOR: [['Preregistered by the vendor', '平台报备'], ['Invite another account', '邀请其他账号']],
  REWARD_PROGRAM: [['reward program', '推广奖励计划'], ['Invite another account', '邀请其他账号']],
  PARTNER_BLOCKED: [['is frozen', '已被冻结'], ['Ask ecosystem manager', '联系生态经理']],
  DISTRIBUTOR_LEFT: [['has left the program', '总经销商已退出'], ['Ask ecosystem manager', '联系生态经理']],
}

test('a custom link is made, opens with its code, and is found in the records, where it can be revoked', async ({ signedInPage: page, partner }) => {
  await page.goto('/invites?tab=custom')
  await expect(page.getByText('0 of 100 in the last 24 hours')).toBeVisible()
  await page.getByRole('button', { name: 'Generate link' }).click()
  const form = page.getByRole('dialog', { name: 'Generate link' })
  await form.getByRole('radio', { name: 'Referral' }).check()
  await form.getByRole('textbox', { name: 'Custom label' }).fill('see www.evil.example')
  await form.getByRole('button', { name: 'Generate link and QR' }).click()
  await expect(form.getByRole('textbox', { name: 'Custom label' })).toBeFocused()
  await expect(form.getByText('Enter 1 to 64 characters without a link')).toBeVisible()
  await expectGoodLooks(page, 'form of a custom link')
  await form.getByRole('textbox', { name: 'Custom label' }).fill('East China fair')
  await form.getByRole('button', { name: 'Generate link and QR' }).click()
  const made = page.getByRole('dialog', { name: 'The link is ready' })
  await expect(made.getByRole('textbox', { name: 'Invitation link' })).toHaveValue(/\/invite\/[\w-]{43}$/)
  await expect(made.getByText('When a customer accepts, the label becomes its tag.')).toBeVisible()
  await expectGoodLooks(page, 'a link that was made')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await made.getByRole('button', { name: 'Copy' }).click()
  await expect(notifications(page)).toContainText('Link copied')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await made.getByRole('textbox', { name: 'Invitation link' }).inputValue())
  await page.keyboard.press('Escape')

  await expect(page.getByText('1 of 100 in the last 24 hours')).toBeVisible()
  const row = linkRows(page).filter({ hasText: 'East China fair' })
  await expect(row).toContainText('Referral')
  await expect(row).toContainText('Active')
  await expectReady(page)
  await expectGoodLooks(page, 'custom links')
  await expectFitsPhone(page, 'custom links')
  await row.getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('dialog', { name: 'Revoke the link?' }).getByRole('button', { name: 'Revoke' }).click()
  await expect(row).toContainText('Revoked')
  await expect(row).toContainText('No longer valid')
  expect((await partner.logged('link.created')).map(({ result }) => result)).toEqual(['success'])
  expect((await partner.logged('link.revoked')).map(({ result }) => result)).toEqual(['success'])
})

test('after a hundred custom links in a day the form says when the next one is possible', async ({ signedInPage: page, context, baseURL }) => {
  const call = await asMember(context, baseURL ?? '')
  for (let number = 1; number <= 100; number += 1) await call(createLink, { body: { kind: 'CUSTOM', associationType: 'RESALE', label: `Fair ${number}` } })
  await page.goto('/invites?tab=custom')
  await expect(page.getByText('100 of 100 in the last 24 hours')).toBeVisible()
  await page.getByRole('button', { name: 'Generate link' }).click()
  const form = page.getByRole('dialog', { name: 'Generate link' })
  await expect(form.locator('.note')).toHaveText(/^At most 100 custom links in 24 hours\. Next possible at .*\d\d:\d\d\.$/)
  await expect(form.getByRole('button', { name: 'Generate link and QR' })).toHaveAttribute('aria-disabled', 'true')
})

test('a general link is made once, and replacing it revokes the old one and gives a new address', async ({ signedInPage: page }) => {
  await page.goto('/invites')
  const card = page.getByRole('region', { name: 'Resale' })
  await card.getByRole('button', { name: 'Generate' }).click()
  const made = page.getByRole('dialog', { name: 'The link is ready' })
  const first = await made.getByRole('textbox', { name: 'Invitation link' }).inputValue()
  await page.keyboard.press('Escape')
  await expectReady(page)
  await expectGoodLooks(page, 'general links')
  await expectFitsPhone(page, 'general links')
  await card.getByRole('button', { name: 'Replace' }).click()
  const question = page.getByRole('dialog', { name: 'Replace the general link?' })
  await expect(question).toContainText('stop working at once')
  await question.getByRole('button', { name: 'Replace' }).click()
  const replaced = page.getByRole('dialog', { name: 'The link was replaced' })
  const second = await replaced.getByRole('textbox', { name: 'Invitation link' }).inputValue()
  expect(second).not.toBe(first)
  await page.keyboard.press('Escape')
  await expect(linkRows(page)).toHaveCount(2)
  await expect(linkRows(page).filter({ hasText: 'Revoked' })).toHaveCount(1)
})

test('every cause of a failed invitation stands in its row with its cure as a button, in both languages', async ({ signedInPage: page, backstage, partner }) => {
  test.setTimeout(120_000)
  for (const cause of InviteCause.options) await backstage.ask('failedInvitation', { partnerId: partner.id, cause, kind: cause === 'ACTIVITY_ENDED' ? 'ACTIVITY' : 'MAIL' }, Failed)
  await page.goto('/invites?tab=records&size=50')
  await expect(records(page)).toHaveCount(InviteCause.options.length)
  for (const [place, language] of ['en', 'zh'].entries()) {
    const list = records(page, language === 'en' ? 'Invitation records' : '邀请记录')
    for (const cause of InviteCause.options) {
      const [words, cure] = causes[cause]
      const row = list.filter({ hasText: words[place] ?? '' })
      await expect(row.first(), `${cause} in ${language}`).toContainText(words[place] ?? '')
      await expect(row.first().getByRole('button', { name: cure[place] ?? '', exact: true }), `${cause} in ${language}`).toBeVisible()
    }
    if (language === 'en') await page.getByRole('button', { name: '切换为中文' }).click()
  }
})

test('each kind of cure opens what helps: the mail again with its type, advice with the ways on, the person to ask', async ({ signedInPage: page, backstage, partner }) => {
  for (const cause of ['CREDIT_ACCOUNT', 'PHONE_DIFFERS', 'REPORTED_BY_OTHER', 'PARTNER_BLOCKED'] as const) await backstage.ask('failedInvitation', { partnerId: partner.id, cause }, Failed)
  await page.goto('/invites?tab=records')
  await expectReady(page)
  await expectGoodLooks(page, 'invitation records')
  await expectFitsPhone(page, 'invitation records')
  await page.getByRole('button', { name: 'Resend as referral' }).click()
  const resend = page.getByRole('dialog', { name: 'Resend the invitation' })
  await expect(resend.getByRole('radio', { name: 'Referral' })).toBeChecked()
  await expectGoodLooks(page, 'resend')
  await resend.getByRole('button', { name: 'Resend' }).click()
  await expect(notifications(page)).toContainText('Invitation resent')
  await expect(records(page).filter({ hasText: 'Referral' })).toContainText('Mail invitation')

  await page.getByRole('button', { name: 'Check and resend' }).click()
  await expect(resend.getByText('Reported mobile', { exact: true })).toBeVisible()
  await expect(resend.getByRole('link', { name: 'Preregister again' })).toBeVisible()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Invite another account' }).click()
  const advice = page.getByRole('dialog', { name: 'Invite another account' })
  await expect(advice).toContainText('Another partner has preregistered the customer')
  await expect(advice.getByRole('link', { name: 'Preregister' })).toBeVisible()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Ask ecosystem manager' }).click()
  await expect(page.getByRole('dialog', { name: 'Ask ecosystem manager' })).toContainText('Ask your ecosystem manager for the reason')
})

test('a mail invitation shows its delivery and progress, is found by its mobile without a trace in the address, and is revoked', async ({ signedInPage: page, context, baseURL, mail }) => {
  const call = await asMember(context, baseURL ?? '')
  const report = (name: string, mobile: string, email: string) => call(reportProspect, { body: { name, mobile, email, invite: { associationType: 'RESALE' } } })
  await report('北斗仪器有限公司', '13766660001', 'north@compass.example')
  await report('南星实业有限公司', '13766660002', 'south@star.example')
  await expect.poll(() => mail.newest('north@compass.example')).not.toBe('')
  await page.goto('/invites?tab=records')
  await expect(records(page)).toHaveCount(2)
  await page.getByRole('textbox', { name: 'Customer name, mobile or email' }).fill('13766660001')
  await expect(records(page)).toHaveCount(1)
  await expect(page).toHaveURL(/view=/)
  expect(page.url()).not.toContain('0001')
  const row = records(page)
  await expect(row).toContainText('Sent: done')
  await expect(row).toContainText('Opened: not yet')
  await expect(row).toContainText('6 days left')
  await page.reload()
  await expect(records(page)).toHaveCount(1)

  await row.getByRole('link').first().click()
  const details = page.getByRole('dialog', { name: 'Invitation' })
  await expect(details.getByText('Mail: Handed to the mail server of the recipient')).toBeVisible()
  await expectGoodLooks(page, 'an invitation')
  await details.getByRole('button', { name: 'Close' }).click()

  await row.getByRole('button', { name: /More actions/ }).click()
  await page.getByRole('menuitem', { name: 'Revoke' }).click()
  await page.getByRole('dialog', { name: 'Revoke the invitation?' }).getByRole('button', { name: 'Revoke' }).click()
  await expect(row).toContainText('Revoked')
})

test('a batch names the rows that cannot be resent, and sends the others once those are taken off', async ({ signedInPage: page, backstage, partner }) => {
  for (const cause of ['UNPAID_BILLS', 'SYSTEM_BUSY', 'IS_PARTNER'] as const) await backstage.ask('failedInvitation', { partnerId: partner.id, cause }, Failed)
  await page.goto('/invites?tab=records')
  await page.getByRole('checkbox', { name: 'Select this page' }).check()
  await page.getByRole('button', { name: 'Batch resend' }).click()
  const dialog = page.getByRole('dialog', { name: 'Resend 3 invitations' })
  await expect(dialog.getByRole('alert')).toContainText('1 cannot be resent')
  await dialog.getByRole('button', { name: 'Take it off' }).click()
  await page.getByRole('button', { name: 'Resend 2 invitations' }).click()
  await expect(notifications(page)).toContainText('2 invitations resent')
  await expect(records(page).filter({ hasText: 'Replaced' })).toHaveCount(2)
})

test('a mail that was not delivered is cured by another address and the next mail', async ({ signedInPage: page, backstage, partner, mail }) => {
  const lead = await backstage.ask('failedInvitation', { partnerId: partner.id, undelivered: true }, Failed)
  await page.goto('/invites?tab=records')
  const row = records(page).filter({ hasText: 'Not delivered' })
  await expect(row).toContainText('The mail server of the recipient refused it')
  await row.getByRole('button', { name: 'Edit email' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit email' })
  await edit.getByRole('textbox', { name: 'Email' }).fill('not an address')
  await edit.getByRole('button', { name: 'Save email' }).click()
  await expect(edit.getByText('Enter one valid email address of at most 64 characters')).toBeVisible()
  await edit.getByRole('textbox', { name: 'Email' }).fill(`new.${lead.email}`)
  await edit.getByRole('button', { name: 'Save email' }).click()
  const resend = page.getByRole('dialog', { name: 'Resend the invitation' })
  await resend.getByRole('button', { name: 'Resend' }).click()
  await expect(notifications(page)).toContainText('Invitation resent')
  await expect.poll(() => mail.newest(`new.${lead.email}`)).not.toBe('')
  await expect(records(page)).toHaveCount(2)
})
