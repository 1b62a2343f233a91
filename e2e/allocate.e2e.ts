import { expect, test } from './fixtures.ts'
import { askToAllocate, confirmWith, getCode, notifications, securityCheck, submitAmount } from './steps.ts'

test.beforeEach(({ partner }) => partner.hasBalance('1000.00'))

test('an allocation is found, filled in, confirmed by a code from the phone, and then the customer has the money', async ({ signedInPage: page, partner, phone, mail }) => {
  const customer = await partner.hasCustomer({ name: '青屿云桥科技有限公司' })
  await partner.hasCustomer({ name: '北山数据服务有限公司' })
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: '青屿***公司' }) })

  await test.step('find the customer and open the form', async () => {
    await page.goto('/')
    await page.getByRole('navigation', { name: 'Sales' }).getByRole('link', { name: 'Customers' }).click()
    await page.getByRole('textbox', { name: 'Name, account or customer ID' }).fill('云桥')
    await expect(page.getByText('1 matches')).toBeVisible()
    await row.getByRole('link', { name: 'Allocate' }).click()
  })
  await test.step('an amount as people paste it', async () => {
    const form = page.getByRole('dialog', { name: 'Allocate' })
    await form.getByRole('textbox', { name: 'Amount', exact: true }).fill(' ¥ 2００.5')
    await expect(form).toContainText('Amount: 200.50 CNY')
    await expect(form).toContainText('799.50')
    await form.getByRole('button', { name: 'Allocate 200.50 CNY to 青屿***公司' }).click()
  })
  const proof = securityCheck(page)
  await test.step('the check shows what the server froze; nothing has moved', async () => {
    await expect(proof).toContainText('200.50')
    await expect(proof).toContainText(`青屿***公司 ID ..${customer.number.slice(-4)}`)
    await expect(proof).toContainText('1,000.00 → 799.50')
    await expect(proof.getByRole('radio', { name: /^SMS 138\*{4}\d{4}$/ })).toBeChecked()
    await expect(proof.getByRole('button', { name: 'Get code' })).toBeFocused()
    expect(await partner.balance()).toBe('1000.00')
  })
  await test.step('the code arrives and is the one the dialog names', async () => {
    await getCode(proof)
    await expect(proof.getByRole('textbox', { name: 'Code' })).toBeFocused()
    const code = await phone.nextCode(partner.admin.mobile)
    const message = await phone.newest(partner.admin.mobile)
    expect(message).toContain('allocate 200.50 CNY to 青屿***公司')
    const reference = /reference ([A-Z]{2})/.exec(message)?.[1] ?? ''
    await expect(proof).toContainText(`reference ${reference}`)
    await proof.getByRole('textbox', { name: 'Code' }).fill(`${code.slice(0, 3)} ${code.slice(3)}`)
    await proof.getByRole('button', { name: 'Allocate 200.50 CNY to 青屿***公司' }).click()
  })
  await test.step('the money has moved, once, and the list is still the one that was searched', async () => {
    await expect(notifications(page)).toContainText('Adjustment succeeded')
    await expect(proof).toBeHidden()
    await expect(row).toContainText('200.50')
    await expect(page.getByText('1 matches')).toBeVisible()
    expect(await partner.balance()).toBe('799.50')
    expect(await partner.balanceOf(customer)).toBe('200.50')
    expect(await partner.logged('funds.allocate')).toMatchObject([{ result: 'success', confirmedBy: 'sms', customerId: customer.id, amount: '200.50' }])
  })
  await test.step('the notification leads to the record, and the customer is told', async () => {
    await notifications(page).getByRole('link', { name: 'View adjustment records' }).click()
    const [adjustment] = (await partner.state()).adjustments
    await expect(page.getByRole('dialog', { name: 'Adjustment' })).toContainText(adjustment?.number ?? 'no number')
    await expect.poll(() => mail.newest(customer.email)).toContain('200.50')
  })
})

test('the code can come by mail, over a real mail server', async ({ signedInPage: page, partner, mail }) => {
  const customer = await partner.hasCustomer()
  const proof = await askToAllocate(page, customer, '300')
  await proof.getByRole('radio', { name: /^Email p\*{3}@partner\.example$/ }).click()
  await getCode(proof)
  const code = await mail.nextCode(partner.admin.email)
  expect(await mail.newest(partner.admin.email)).toMatch(/Reference: [A-Z]{2}\nValid: 10 minutes/)
  await confirmWith(proof, code)
  await expect(notifications(page)).toContainText('Adjustment succeeded')
  expect(await partner.balanceOf(customer)).toBe('300.00')
  expect(await partner.logged('funds.allocate')).toMatchObject([{ confirmedBy: 'email' }])
})

test('from the credit account, up to what is available there', async ({ signedInPage: page, partner, phone }) => {
  const customer = await partner.hasCustomer()
  await partner.hasCredit('500.00')
  await page.goto(`/customers/allocate?ids=${customer.id}`)
  await page.getByRole('radio', { name: /^From the credit account/ }).click()
  await page.getByRole('button', { name: 'Max' }).click()
  await expect(page.getByRole('textbox', { name: 'Amount', exact: true })).toHaveValue('500.00')
  const proof = await submitAmount(page, '500.00')
  await getCode(proof)
  await confirmWith(proof, await phone.nextCode(partner.admin.mobile))
  await expect(notifications(page)).toContainText('Adjustment succeeded')
  expect(await partner.balance('credit')).toBe('-500.00')
  expect(await partner.balance('top-up')).toBe('1000.00')
})

test('more than there is is refused before any code, says how much is short, and moves nothing', async ({ signedInPage: page, partner }) => {
  const customer = await partner.hasCustomer()
  await page.goto(`/customers/allocate?ids=${customer.id}`)
  await page.getByRole('textbox', { name: 'Amount', exact: true }).fill('1000.01')
  await expect(page.getByText('Not enough available: 0.01 CNY short.')).toBeVisible()
  await page.getByRole('button', { name: /^Allocate 1,000\.01 CNY/ }).click()
  await expect(page.getByRole('alert')).toContainText('Available 1,000.00, needed 1,000.01, short 0.01. No money moved.')
  await expect(securityCheck(page)).toBeHidden()
  expect(await partner.logged('proof.frozen')).toEqual([])
  expect(await partner.balance()).toBe('1000.00')
})

test('Cancel changes nothing and keeps the form; leaving the form asks before input is lost', async ({ signedInPage: page, partner }) => {
  const customer = await partner.hasCustomer()
  const proof = await askToAllocate(page, customer, '200')
  await page.keyboard.press('Escape')
  await expect(proof).toBeHidden()
  await expect(page.getByRole('textbox', { name: 'Amount', exact: true })).toHaveValue('200.00')
  expect(await partner.balance()).toBe('1000.00')

  await page.keyboard.press('Escape')
  const question = page.getByRole('alertdialog', { name: 'Discard what you entered?' })
  await expect(question.getByRole('button', { name: 'Keep editing' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Amount', exact: true })).toHaveValue('200.00')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await question.getByRole('button', { name: 'Discard input' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  expect(new URL(page.url()).pathname).toBe('/customers')
  expect((await partner.state()).adjustments).toEqual([])
})

test('two presses at once move the money once', async ({ signedInPage: page, partner, phone }) => {
  const customer = await partner.hasCustomer()
  const proof = await askToAllocate(page, customer, '200')
  await proof.getByRole('button', { name: 'Get code' }).dblclick()
  await expect(proof).toContainText('1 of 4 messages used')
  await proof.getByRole('textbox', { name: 'Code' }).fill(await phone.nextCode(partner.admin.mobile))
  await proof.getByRole('button', { name: /^Allocate 200\.00 CNY/ }).dblclick()
  await expect(notifications(page)).toContainText('Adjustment succeeded')
  expect(await partner.logged('proof.passed')).toHaveLength(1)
  expect((await partner.state()).adjustments).toHaveLength(1)
})

test('a link to the form that was cut off, or names somebody else’s customer, says so and leads to the list', async ({ signedInPage: page, partner, stranger }) => {
  await partner.hasCustomer()
  const foreign = await stranger.hasCustomer()
  for (const ids of [foreign.id.slice(0, 20), foreign.id]) {
    await page.goto(`/customers/allocate?ids=${ids}`)
    const dialog = page.getByRole('dialog', { name: 'Allocate' })
    await expect(dialog).toContainText('does not exist or is outside your scope.')
    await expect(dialog.getByRole('link', { name: 'Choose in the customer list' })).toBeVisible()
  }
})
