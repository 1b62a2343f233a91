import { expect, test } from './fixtures.ts'
import { confirmWith, getCode, notifications, securityCheck } from './steps.ts'

test('several ticked customers get money at once: refused rows are named before any code, dropped, and the rest is confirmed once', async ({ signedInPage: page, partner, phone }) => {
  await partner.hasBalance('1000.00')
  const first = await partner.hasCustomer({ name: '青屿云桥科技有限公司' })
  const second = await partner.hasCustomer({ name: '北山数据服务有限公司' })
  const referral = await partner.hasCustomer({ name: '南湾信息技术有限公司', type: 'REFERRAL' })
  await page.goto('/customers')
  await page.getByRole('checkbox', { name: 'Select this page' }).check()
  await expect(page.getByText('3 selected')).toBeVisible()
  await expect(page.getByText('Allocating and reclaiming act on the 2 resale customers; 1 referral left out')).toBeVisible()
  await page.getByRole('link', { name: 'Batch allocate' }).click()
  const form = page.getByRole('dialog', { name: 'Batch allocate (2 customers)' })
  await form.getByRole('textbox', { name: 'Same amount for all' }).fill('100')
  await form.getByRole('button', { name: 'Fill every row' }).click()
  await form.getByRole('textbox', { name: /^Amount for 北山\*\*\*公司/ }).fill('250.5')
  await expect(form).toContainText('649.50')
  // Meanwhile the vendor's side decided otherwise about one of them.
  await partner.becomesReferral(second)
  await form.getByRole('button', { name: 'Allocate 350.50 CNY to 2 customers' }).click()

  await expect(form.getByRole('alert')).toContainText('1 row needs your attention. No money moved.')
  await expect(form.getByRole('alert')).toContainText('北山***公司')
  expect(await partner.logged('proof.frozen')).toEqual([])
  await form.getByRole('button', { name: 'Drop this row' }).click()
  await page.getByRole('button', { name: /^Allocate 100\.00 CNY to/ }).click()
  const proof = securityCheck(page)
  await expect(proof).toContainText('100.00')
  await getCode(proof)
  await confirmWith(proof, await phone.nextCode(partner.admin.mobile))
  await expect(notifications(page)).toContainText('Adjustment succeeded')
  expect(await partner.balanceOf(first)).toBe('100.00')
  expect(await partner.balanceOf(second)).toBe('0.00')
  expect(await partner.balanceOf(referral)).toBe('0.00')
  expect(await partner.balance()).toBe('900.00')
})

test('a batch shows count, total, largest and every row, and is one operation with one batch number', async ({ signedInPage: page, partner, phone }) => {
  await partner.hasBalance('1000.00')
  const customers = [await partner.hasCustomer(), await partner.hasCustomer(), await partner.hasCustomer()]
  await page.goto(`/customers/allocate?ids=${customers.map(({ id }) => id).join('.')}`)
  for (const [index, customer] of customers.entries()) {
    // Until every row has its amount, the button promises no sum to all of them.
    await expect(page.getByRole('button', { name: 'Allocate to 3 customers', exact: true })).toBeVisible()
    await page.getByRole('textbox', { name: new RegExp(`ID \\.\\.${customer.number.slice(-4)}`) }).fill(`${index + 1}00`)
  }
  await page.getByRole('button', { name: 'Allocate 600.00 CNY to 3 customers' }).click()
  const proof = securityCheck(page)
  await expect(proof.getByText('Batch allocation, total')).toBeVisible()
  await expect(proof.getByRole('table', { name: 'Rows' }).getByRole('row')).toHaveCount(3)
  await expect(proof).toContainText('Largest300.00')
  await getCode(proof)
  expect(await phone.newest(partner.admin.mobile)).toContain('allocate 600.00 CNY to 3 customers')
  await confirmWith(proof, await phone.nextCode(partner.admin.mobile))
  await expect(notifications(page)).toContainText('600.00 CNY allocated to 3 customers')

  const { adjustments } = await partner.state()
  expect(adjustments.map(({ customerId, amount }) => [customerId, amount]).toSorted()).toEqual(customers.map(({ id }, index) => [id, `${index + 1}00.00`]).toSorted())
  expect(new Set(adjustments.map(({ batchNumber }) => batchNumber)).size).toBe(1)
  expect(adjustments[0]?.batchNumber).not.toBeNull()
})

test('a batch that is short as a whole moves nothing for anybody', async ({ signedInPage: page, partner }) => {
  await partner.hasBalance('100.00')
  const customers = [await partner.hasCustomer(), await partner.hasCustomer()]
  await page.goto(`/customers/allocate?ids=${customers.map(({ id }) => id).join('.')}`)
  await page.getByRole('textbox', { name: 'Same amount for all' }).fill('60')
  await page.getByRole('button', { name: 'Fill every row' }).click()
  await page.getByRole('button', { name: 'Allocate 120.00 CNY to 2 customers' }).click()
  await expect(page.getByRole('alert')).toContainText('Available 100.00, needed 120.00, short 20.00. No money moved.')
  expect((await partner.state()).adjustments).toEqual([])
})

test('all that is reclaimable comes back from several customers; those with nothing are taken off the list', async ({ signedInPage: page, partner, phone }) => {
  await partner.hasBalance('1000.00')
  const [rich, held, empty] = [await partner.hasCustomer(), await partner.hasCustomer(), await partner.hasCustomer()]
  await partner.hasAllocated(rich, '300.00')
  await partner.hasAllocated(held, '200.00')
  await partner.hasFacts(held, { held: '150.00' })
  await page.goto(`/customers/reclaim?ids=${[rich, held, empty].map(({ id }) => id).join('.')}`)
  await page.getByRole('button', { name: 'All that is reclaimable' }).click()
  await page.getByRole('button', { name: 'Drop 1 customer that cannot be reclaimed from' }).click()
  await page.getByRole('button', { name: 'Reclaim 350.00 CNY from 2 customers' }).click()
  const proof = securityCheck(page)
  await getCode(proof)
  await confirmWith(proof, await phone.nextCode(partner.admin.mobile))
  await expect(notifications(page)).toContainText('350.00 CNY reclaimed from 2 customers')
  expect(await partner.balance()).toBe('850.00')
  expect(await partner.balanceOf(rich)).toBe('0.00')
  expect(await partner.balanceOf(held)).toBe('150.00')
})
