import { ofd } from '#server/testing/ofd.ts'
import { pdf } from '#server/testing/files.ts'
import { expect, test } from './fixtures.ts'
import { expectFitsPhone, expectGoodLooks } from './looks.ts'
import { certify, handInInvoice, hasEarned, requestTransfer, step } from './payout-steps.ts'
import { notifications, rowsOf } from './steps.ts'

for (const kind of ['marketplace', 'procurement']) {
  test(`a ${kind} statement waits until both sides have signed; then its list is there, it is invoiced on paper and paid`, async ({ signedInPage: page, partner, backstage }) => {
    test.setTimeout(180_000)
    await certify(page, backstage, partner)
    const [statement = ''] = await hasEarned(page, backstage, partner, [{ period: '2026-08', amount: '1060.00', kind }])
    const number = await requestTransfer(page, '1,060.00')
    await step(backstage, partner, 'payment:approve', number)
    await page.reload()
    await expect(rowsOf(page, 'List of payment requests').first()).toContainText('The invoice can be filled in once its list is published')
    await expect(page.getByRole('link', { name: 'Fill in invoice' })).toHaveCount(0)
    await expectGoodLooks(page, 'a request whose list is waited for')
    const id = new URL(await page.getByRole('link', { name: `View ${number}` }).getAttribute('href') ?? '', page.url()).searchParams.get('open') ?? ''
    await page.goto('/incentives/invoices')
    await expect(rowsOf(page, 'List of invoices').first()).toContainText(number)
    await expect(page.getByRole('button', { name: `Fill in the invoice of ${number}` })).toHaveCount(0)
    await expectGoodLooks(page, 'an invoice that waits for signatures')
    await expectFitsPhone(page, 'an invoice that waits for signatures')
    await expect(page.getByRole('button', { name: `Invoice list of ${number}` })).toHaveAccessibleDescription(/Both sides have not signed yet/)
    await page.goto(`/incentives/invoices/${id}/list`)
    await expect(page.getByText('Both sides have not signed yet. The invoice is issued and its list printed after that.')).toBeVisible()
    await expectGoodLooks(page, 'a list that is not there yet')
    await expectFitsPhone(page, 'a list that is not there yet')

    await step(backstage, partner, 'invoice-list:publish', number)
    await page.reload()
    await expect(page.getByText(statement)).toBeVisible()
    await page.goto('/incentives/invoices')
    await page.getByRole('button', { name: `Fill in the invoice of ${number}` }).click()
    const form = page.getByRole('dialog', { name: 'Fill in invoice' })
    await expect(form.getByRole('radio', { name: 'Electronic special invoice' })).toBeDisabled()
    await expectGoodLooks(page, 'an invoice on paper only')
    await handInInvoice(page, { total: '1,060.00', net: '1000.00', tax: '60.00', number: '20261101' })
    await step(backstage, partner, 'invoice:approve', number)
    await step(backstage, partner, 'payment:pay', number)
    await page.goto('/incentives/payments')
    await expect(rowsOf(page, 'List of payment requests').first()).toContainText('Completed')
  })
}

for (const [ending, bytes] of [['pdf', () => pdf(['Invoice 26442000000012345678'])], ['ofd', ofd]] as const) {
  test(`an electronic invoice is handed in as ${ending.toUpperCase()}, kept as it came, approved and paid`, async ({ signedInPage: page, partner, backstage }) => {
    test.setTimeout(180_000)
    await certify(page, backstage, partner)
    await hasEarned(page, backstage, partner, [{ period: '2026-08', amount: '2120.00' }])
    const number = await requestTransfer(page, '2,120.00')
    await step(backstage, partner, 'payment:approve', number)
    await page.goto('/incentives/payments')
    await page.getByRole('link', { name: 'Fill in invoice' }).click()
    const form = page.getByRole('dialog', { name: 'Fill in invoice' })
    await form.getByRole('radio', { name: 'Electronic special invoice' }).check()
    await expect(form.getByRole('textbox', { name: 'Invoice code' })).toHaveCount(0)
    await expectGoodLooks(page, 'an electronic invoice')
    await expectFitsPhone(page, 'an electronic invoice')
    const file = { name: `电子发票.${ending}`, bytes: bytes() }
    await handInInvoice(page, { total: '2,120.00', net: '2000.00', tax: '120.00', number: '26442000000012345678', file })
    await expect(notifications(page)).toContainText('Invoice 26442000000012345678')
    await page.goto('/incentives/invoices')
    const row = rowsOf(page, 'List of invoices').first()
    await expect(row).toContainText('26442000000012345678')
    await expectGoodLooks(page, 'an electronic invoice under review')
    await step(backstage, partner, 'invoice:approve', number)
    await step(backstage, partner, 'payment:pay', number)
    await page.reload()
    await expect(row).toContainText('Completed')
    await page.goto('/incentives/payments')
    await page.getByRole('link', { name: `View ${number}` }).click()
    await expect(page.getByRole('dialog', { name: `Payment request ${number}` }).getByText('Invoice under review')).toBeVisible()
  })
}

test('a quarterly payment that failed is withdrawn, and its quarter is requested anew', async ({ signedInPage: page, partner, backstage }) => {
  test.setTimeout(180_000)
  await certify(page, backstage, partner)
  await hasEarned(page, backstage, partner, [{ period: '2026-07', amount: '1060.00', kind: 'project' }])
  const quarter = page.getByRole('region', { name: 'Q3 2026' })
  const ask = async () => {
    await quarter.getByRole('button', { name: 'Request Payment' }).click()
    const review = page.getByRole('dialog', { name: 'Review payment request: Q3 2026' })
    await review.getByRole('radio', { name: 'Bank transfer' }).check()
    await review.getByRole('button', { name: 'Submit request for 1,060.00 CNY' }).click()
    await expect(review).toHaveCount(0)
    // The list behind the dialog is read anew; until then it shows what was.
    await expect(quarter.getByRole('button', { name: 'Request Payment' })).toHaveCount(0)
    return /PR\d+/.exec(await quarter.getByRole('link', { name: /^View request PR/ }).innerText())?.[0] ?? ''
  }
  await page.goto('/incentives/projects/requests')
  const number = await ask()
  await step(backstage, partner, 'payment:approve', number)
  await page.goto('/incentives/invoices')
  await page.getByRole('button', { name: `Fill in the invoice of ${number}` }).click()
  await handInInvoice(page, { total: '1,060.00', net: '1000.00', tax: '60.00', number: '20261102' })
  await step(backstage, partner, 'invoice:approve', number)
  await step(backstage, partner, 'payment:fail', number, '收款账户已销户')

  await page.goto('/incentives/projects/requests')
  await quarter.getByRole('link', { name: `View request ${number}` }).click()
  const drawer = page.getByRole('dialog', { name: `Payment request ${number}` })
  await expect(drawer.getByText('收款账户已销户').first()).toBeVisible()
  await expectGoodLooks(page, 'a failed payment')
  await expectFitsPhone(page, 'a failed payment')
  await drawer.getByRole('button', { name: 'Withdraw request' }).click()
  const question = page.getByRole('dialog', { name: `Withdraw payment request ${number}` })
  await expect(question).toContainText('The invoice that was handed in no longer counts.')
  await expect(question.getByRole('button', { name: 'Withdraw request' })).not.toBeFocused()
  await expectGoodLooks(page, 'withdraw a request')
  await expectFitsPhone(page, 'withdraw a request')
  await question.getByRole('button', { name: 'Withdraw request' }).click()
  await expect(notifications(page)).toContainText('The payment request was withdrawn')
  await expect(rowsOf(page, 'List of payment requests').first()).toContainText('Withdrawn')
  expect(await partner.logged('payment.withdrawn')).toHaveLength(1)
  await expectGoodLooks(page, 'a withdrawn request')

  await page.goto('/incentives/projects/requests')
  await expect(quarter.getByText('Withdrawn')).toBeVisible()
  expect(await ask()).not.toBe(number)
})
