import { importWhitelist, queryWhitelist } from '#contract/coupon-whitelist.ts'
import type { PartnerType, Role } from '#contract/people.ts'
import type { Client, TestApp, TestPartner } from './app.ts'
import { grant } from './coupons.ts'
import { newReseller, share } from './resellers.ts'
import { addAccounts, uploadWhitelist } from './whitelist.ts'

const sideRoles: readonly Role[] = ['administrator', 'director', 'manager', 'operator']
/** Another partner with a person of each role, because some endpoints answer partners of one type only. */
export type Side = { partner: TestPartner; people: Record<Role, Client> }
export type Sides = { subsidy: Side; distributor: Side }
export type SideIds = { entry: string; preview: string; share: string; shareNumber: string; shared: string; sharedNumber: string; reseller: string }
type Names = { company: string; reseller: string; account: string }

async function newSide(app: TestApp, type: PartnerType): Promise<Side> {
  const partner = await app.newPartner({ type, verificationOn: false })
  const [administrator, director, manager, operator] = [partner.admin, ...await Promise.all(sideRoles.slice(1).map((role) => partner.addMember({ role })))]
  if (!director || !manager || !operator) throw new Error('the world lacks a person')
  return { partner, people: { administrator, director, manager, operator } }
}

/** A subsidy partner with a whitelist and an upload that waits, and a distributor with a reseller that has quota of it; all names are built from these. */
export async function newSides(app: TestApp, names: Names): Promise<{ sides: Sides; sideIds: SideIds }> {
  const [subsidy, distributor] = [await newSide(app, 'SUBSIDY'), await newSide(app, 'DISTRIBUTOR')]
  const accounts = [1, 2, 3].map((place) => ({ name: `${names.account}${place}`, company: `名岸${names.company}第${place}公司` }))
  await addAccounts(app, accounts)
  const { partner: { admin } } = subsidy
  const file = ['账号,客户名称', ...accounts.map(({ name }) => `${name},`)].join('\n')
  await takeOver(app, admin, file)
  const { body: preview } = await uploadWhitelist(app, admin, file)
  const [entry] = (await admin.call(queryWhitelist, { body: {} })).body.items
  const quota = await grant(app, distributor.partner.id)
  const reseller = await newReseller(app, distributor.partner.id, { name: `渠岸${names.reseller}公司` })
  const [shared] = await share(distributor.partner.admin, quota.id, [[reseller.id, '100.00']])
  if (!entry || !shared) throw new Error('the world lacks a side')
  return { sides: { subsidy, distributor }, sideIds: { entry: entry.id, preview: preview.id, share: quota.id, shareNumber: quota.number, shared: shared.id, sharedNumber: shared.number, reseller: reseller.id } }
}

async function takeOver(app: TestApp, admin: Client, file: string): Promise<void> {
  const { body: { id } } = await uploadWhitelist(app, admin, file)
  const { status, text } = await admin.call(importWhitelist, { body: { previewId: id } })
  if (status !== 200) throw new Error(text)
}
