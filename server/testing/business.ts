import { certificateUploadPath, confirmTestPayment, submitBusiness, type BusinessInput } from '#contract/business.ts'
import { Amount } from '#contract/money.ts'
import { admin, vendor } from './admin.ts'
import type { Client, TestApp, TestPartner } from './app.ts'
import { enterCompany, upload } from './company.ts'
import { licenceCode, png } from './files.ts'

/** A corporate account, invented. */
export const bankNumber = '755912345610308'

/** @returns the id of a certificate that the client has just uploaded. */
export async function certificate(app: TestApp, client: Client): Promise<string> {
  const { body, text } = await upload(app, client, png(8, 8), { path: certificateUploadPath, name: '一般纳税人证明.png' })
  if (body.fileId === undefined) throw new Error(text)
  return body.fileId
}

/** What a partner hands in, all of it right. */
export const business = (certificateId: string, more: Partial<BusinessInput> = {}): BusinessInput => ({
  company: { creditCode: licenceCode, address: '广东省深圳市南山区云港路18号科创大厦6层', contactName: '沈若溪', contactMobile: '13800138000' },
  bank: { accountName: 'Test Partner', number: bankNumber, bankName: '招商银行', branch: '深圳科技园支行' }, tax: { status: 'GENERAL', rate: '6.00', certificateId }, ...more,
})

/** Certified by the whole way: handed in, approved, test payment, amount typed. @param status of the taxpayer. */
export async function certify(app: TestApp, partner: TestPartner, tax: { status: 'GENERAL' | 'SMALL'; rate: string } = { status: 'GENERAL', rate: '6.00' }): Promise<void> {
  await enterCompany(app, partner.id)
  await certifyEntered(app, partner, tax)
}

/** As certify, where the vendor has entered the company already. @param more of the contact and address. */
export async function certifyEntered(app: TestApp, partner: TestPartner, tax: { status: 'GENERAL' | 'SMALL'; rate: string } = { status: 'GENERAL', rate: '6.00' }, more: Partial<BusinessInput> = {}): Promise<void> {
  const { status, text } = await partner.admin.call(submitBusiness, { body: business('', { ...more, tax: { ...tax, certificateId: await certificate(app, partner.admin) } }) })
  if (status !== 200) throw new Error(text)
  await approveAndTest(app, partner)
}

/** The rest of the way, from what waits for review. */
export async function approveAndTest(app: TestApp, partner: TestPartner): Promise<void> {
  await admin(app, 'business:approve', '--partner', partner.account, ...vendor())
  await admin(app, 'business:send-test', '--partner', partner.account, '--amount', '0.37', ...vendor())
  const { body, text } = await partner.admin.call(confirmTestPayment, { body: { amount: Amount.parse('0.37') } })
  if (body.outcome !== 'certified') throw new Error(text)
}
