import { expect, test } from './fixtures.ts'
import { askToAllocate, confirmWith, getCode, notifications, securityCheck } from './steps.ts'

test.beforeEach(({ partner }) => partner.hasBalance('1000.00'))

test('a reload in the middle goes on with the same check, its code and its counters; nothing personal was kept for it', async ({ signedInPage: page, partner, phone }) => {
  const customer = await partner.hasCustomer()
  const proof = await askToAllocate(page, customer, '200')
  await getCode(proof)
  const code = await phone.nextCode(partner.admin.mobile)
  await proof.getByRole('textbox', { name: 'Code' }).fill(code)
  const kept = await page.evaluate(() => JSON.stringify([location.href, document.title, { ...localStorage }, { ...sessionStorage }]))
  expect(kept).toContain('200.00')
  for (const secret of [code, customer.name, customer.number, customer.email, partner.admin.mobile.slice(3)]) expect(kept).not.toContain(secret)
  await page.reload()
  await expect(proof).toContainText('1 of 4 messages used, 5 of 5 attempts left')
  await expect(proof).toContainText('Only this newest code works.')
  await confirmWith(proof, code)
  await expect(notifications(page)).toContainText('Adjustment succeeded')
  expect(await partner.balanceOf(customer)).toBe('200.00')
  expect(await partner.logged('proof.frozen')).toHaveLength(1)
})

test('when the answer is lost, the page says that the result is not known, asks with the same request, and tells the truth', async ({ signedInPage: page, partner, phone }) => {
  const customer = await partner.hasCustomer()
  const proof = await askToAllocate(page, customer, '200')
  await getCode(proof)
  // The server carries the request out; its answer never arrives, as when a train enters a tunnel.
  let lost = 0
  await page.route('**/api/funds/allocations', async (route) => {
    await route.fetch()
    lost += 1
    await route.abort('connectionreset')
  })
  await confirmWith(proof, await phone.nextCode(partner.admin.mobile))
  await expect(proof).toContainText('Result not known, checking. Please keep this page open.')
  await expect(proof.getByRole('button', { name: 'Cancel' })).toHaveAttribute('aria-disabled', 'true')
  expect(await partner.balanceOf(customer)).toBe('200.00')
  await expect(notifications(page)).not.toContainText('Adjustment succeeded')

  await page.unroute('**/api/funds/allocations')
  await expect(notifications(page)).toContainText('Adjustment succeeded')
  expect(lost).toBeGreaterThan(0)
  expect((await partner.state()).adjustments).toHaveLength(1)
  expect(await partner.balance()).toBe('800.00')
})

test('a page that was closed while the result was not known finds it when the form is opened again', async ({ signedInPage: page, partner, phone }) => {
  const customer = await partner.hasCustomer()
  const proof = await askToAllocate(page, customer, '200')
  await getCode(proof)
  await page.route('**/api/funds/allocations', async (route) => {
    await route.fetch()
    await route.abort('connectionreset')
  })
  await confirmWith(proof, await phone.nextCode(partner.admin.mobile))
  await expect(proof).toContainText('Result not known')
  await page.unroute('**/api/funds/allocations')
  await page.reload()
  await expect(notifications(page)).toContainText('Adjustment succeeded')
  expect((await partner.state()).adjustments).toHaveLength(1)
})

test('without network the check says so and goes on when it is back', async ({ signedInPage: page, context, partner, phone }) => {
  const customer = await partner.hasCustomer()
  const proof = await askToAllocate(page, customer, '200')
  await getCode(proof)
  const code = await phone.nextCode(partner.admin.mobile)
  await context.setOffline(true)
  await confirmWith(proof, code)
  await expect(proof.getByRole('alert')).toHaveText('The service cannot be reached. Check your network and try again.')
  await context.setOffline(false)
  await confirmWith(proof, code)
  await expect(notifications(page)).toContainText('Adjustment succeeded')
  expect(await partner.balanceOf(customer)).toBe('200.00')
})

test('when the sign-in ends in the middle of the check, one signs in over the page, confirms anew, and the amount is still there', async ({ signedInPage: page, partner, phone, clock }) => {
  const customer = await partner.hasCustomer()
  const proof = await askToAllocate(page, customer, '200')
  await getCode(proof)
  const old = await phone.nextCode(partner.admin.mobile)
  await partner.sessionsEnd()
  await confirmWith(proof, old)
  const again = page.getByRole('dialog', { name: 'Your sign-in has ended' })
  await again.getByRole('textbox', { name: 'Account', exact: true }).fill(partner.account)
  await again.getByRole('textbox', { name: 'Member login name' }).fill(partner.admin.login)
  await again.getByLabel('Password').fill(partner.admin.password)
  await again.getByRole('button', { name: 'Sign in and continue' }).click()

  // The check belonged to the sign-in that ended.
  await expect(proof).toContainText('This confirmation has expired. The operation was not carried out.')
  await proof.getByRole('button', { name: 'Back to the form' }).click()
  await expect(page.getByRole('textbox', { name: 'Amount', exact: true })).toHaveValue('200.00')
  await page.getByRole('button', { name: /^Allocate 200\.00 CNY/ }).click()
  await clock.travel(61)
  await getCode(proof)
  await confirmWith(proof, await phone.nextCode(partner.admin.mobile))
  await expect(notifications(page)).toContainText('Adjustment succeeded')
  expect((await partner.state()).adjustments).toHaveLength(1)
})

test('the same form in a second tab shares the check, and only one of them moves the money', async ({ signedInPage: page, context, partner, phone }) => {
  const customer = await partner.hasCustomer()
  const proof = await askToAllocate(page, customer, '200')
  await getCode(proof)
  const other = await context.newPage()
  const otherProof = await askToAllocate(other, customer, '200')
  await expect(otherProof).toContainText('1 of 4 messages used')
  const code = await phone.nextCode(partner.admin.mobile)
  await confirmWith(otherProof, code)
  await expect(notifications(other)).toContainText('Adjustment succeeded')

  await confirmWith(securityCheck(page), code)
  await expect(proof).toContainText('This operation has already been carried out.')
  await proof.getByRole('button', { name: 'Back to the form' }).click()
  expect((await partner.state()).adjustments).toHaveLength(1)
  expect(await partner.balance()).toBe('800.00')
})
