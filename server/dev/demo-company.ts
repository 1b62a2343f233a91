import { readFileSync } from 'node:fs'
import type { CompanyData, NoticeTemplate } from '#contract/company.ts'
import { json, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { insertFile, type FileKind } from '#server/operations/documents.ts'
import { takeDocument } from '#server/operations/document-type.ts'
import { pdf } from '#server/testing/files.ts'
import type { Logged } from './demo-books.ts'
import { dayMs } from './demo-customers.ts'
import { uuidFrom } from './demo-ids.ts'
import type { DemoPartner } from './demo-people.ts'

type Desk = { partner: DemoPartner; partnerId: string; memberIds: ReadonlyMap<string, string> }
type Change = { daysAgo: number; decidedDaysAgo?: number; state: 'UNDER_REVIEW' | 'APPROVED' | 'REJECTED' | 'WITHDRAWN'; reason?: string; after: Partial<CompanyData>; withLicence?: true }
type Story = { creditCode: string; entity: string; data: Omit<CompanyData, 'name'>; changes: readonly Change[] }

const entity = '华辰云计算技术有限公司'
const website = (host: string) => `https://${host}.example`
/** Invented companies; their codes have a right check sign and belong to nobody. `data` is what counted before the first change. */
const stories: Record<string, Story> = {
  demo: {
    creditCode: '91330108MA2QYHK8XB', entity, data: { address: '杭州市西湖区旧桥巷9号', representative: '陈屿安', industry: '软件和信息技术服务', phone: '0571-28800000', website: website('qingyu') },
    changes: [
      { daysAgo: 210, decidedDaysAgo: 208, state: 'APPROVED', after: { phone: '0571-28806600' } },
      { daysAgo: 64, decidedDaysAgo: 64, state: 'WITHDRAWN', after: { industry: '云计算服务' } },
      { daysAgo: 9, decidedDaysAgo: 7, state: 'REJECTED', reason: '营业执照照片反光，住所一栏无法辨认，请重新上传。', after: { name: '杭州青屿数科有限公司', address: '杭州市滨江区青屿路66号' }, withLicence: true },
      { daysAgo: 2, state: 'UNDER_REVIEW', after: { name: '杭州青屿数科有限公司', address: '杭州市滨江区青屿路66号3幢1201室' }, withLicence: true },
    ],
  },
  beacon: {
    creditCode: '91310115MA1DTYL6NH', entity, data: { address: '上海市浦东新区灯塔路128号', representative: '何书遥', industry: '互联网数据服务', phone: '021-50120000', website: website('dengta') },
    changes: [{ daysAgo: 30, decidedDaysAgo: 28, state: 'REJECTED', reason: '新住所与营业执照不一致。', after: { address: '上海市浦东新区灯塔路130号' } }],
  },
  harbor: { creditCode: '91440300MA5BGXY7HG', entity, data: { address: '深圳市盐田区泊港大道5号', representative: '梁见深', industry: '信息系统集成', phone: '0755-25660000', website: website('bogang') }, changes: [] },
}

/** Companies of the demo: one with a change under review and its history, one with a rejected change, one at rest; and what the partner `demo` has of
 *  cases, agreements, contacts, a template for its customers and bills. @returns what the operation log should say of it. */
export async function seedCompany(tx: Tx, now: Date, desk: Desk): Promise<Logged[]> {
  const { partner, partnerId } = desk
  const story = stories[partner.account]
  if (!story) return []
  const ago = (days: number) => new Date(now.getTime() - days * dayMs)
  let counting: CompanyData = { name: partner.name, ...story.data }
  const logged: Logged[] = []
  for (const [place, change] of story.changes.entries()) {
    const [id, at] = [uuidFrom(`${partner.account} company change ${place}`), ago(change.daysAgo)]
    const after = { ...counting, ...change.after }
    const licenceId = change.withLicence ? await keepFile(tx, at, desk, 'licence', '营业执照.png', readFileSync(new URL('./demo-licence.png', import.meta.url)), story.creditCode) : null
    await tx.run(sql`insert into company_changes (partner_id, id, before, after, licence_id, state, reason, by_id, at, decided_at)
      values (${partnerId}::uuid, ${id}::uuid, ${json(counting)}, ${json(after)}, ${licenceId}::uuid, ${change.state}, ${change.reason ?? null}::text, ${desk.memberIds.get('') ?? null}::uuid, ${at}::timestamptz, ${change.decidedDaysAgo === undefined ? null : new Date(ago(change.decidedDaysAgo).getTime() + 3_600_000)}::timestamptz)`)
    logged.push(...tell(desk, id, at, change, ago))
    if (change.state === 'APPROVED') counting = after
  }
  await tx.run(sql`insert into companies (partner_id, credit_code, contracting_entity, address, representative, industry, phone, website)
    values (${partnerId}::uuid, ${story.creditCode}, ${story.entity}, ${counting.address}, ${counting.representative}, ${counting.industry}, ${counting.phone}, ${counting.website})`)
  if (partner.account === 'demo') await seedPapers(tx, desk, ago)
  return logged
}

function tell({ partner }: Desk, id: string, at: Date, { state, decidedDaysAgo, after, withLicence }: Change, ago: (days: number) => Date): Logged[] {
  const facts = { objectKind: 'company', objectNumber: id } as const
  const by = (when: Date, operation: 'company.submitted' | 'company.withdrawn' | 'company.reviewed', details: Record<string, string | boolean>): Logged =>
    ({ at: when, by: operation === 'company.reviewed' ? null : '', requestId: uuidFrom(`${partner.account} ${operation} ${id}`), facts: { ...facts, operation, details } })
  const decidedAt = new Date(ago(decidedDaysAgo ?? 0).getTime() + 3_600_000)
  return [
    by(at, 'company.submitted', { changed: Object.keys(after).join(' '), licence: withLicence === true }),
    ...(state === 'UNDER_REVIEW' ? [] : state === 'WITHDRAWN' ? [by(decidedAt, 'company.withdrawn', {})] : [by(decidedAt, 'company.reviewed', { after: state, operator: 'vendor.su' })]),
  ]
}

async function keepFile(tx: Tx, at: Date, { partnerId, memberIds }: Desk, kind: FileKind, name: string, bytes: Buffer, creditCode?: string): Promise<string> {
  const document = takeDocument(bytes)
  if (typeof document === 'string') throw new Error(`${name} is no file that may be kept: ${document}`)
  return await insertFile(tx, at, { partnerId, kind, name, document, ...(creditCode !== undefined && { facts: { creditCode } }), byId: kind === 'licence' ? memberIds.get('') ?? null : null, isKept: true })
}

const cases = [
  { name: '连锁零售核心系统上云', kind: 'capability', daysAgo: 4, state: 'UNDER_REVIEW', reason: null, papers: ['项目验收报告', '客户评价'] },
  { name: '制造企业仿真平台', kind: 'role', daysAgo: 95, state: 'APPROVED', reason: null, papers: ['项目合同摘要', '架构说明', '项目验收报告'] },
  { name: '智慧园区数据平台', kind: 'capability', daysAgo: 140, state: 'REJECTED', reason: '验收报告缺少客户盖章，请补充后由生态经理重新提交。', papers: ['项目验收报告'] },
] as const
const agreements = [
  { name: '云服务伙伴合作协议', version: '3.2', daysAgo: 400, validDays: 730 }, { name: '数据处理附加协议', version: '1.1', daysAgo: 260, validDays: null }, { name: '代售业务补充协议', version: '2.0', daysAgo: 35, validDays: 365 },
] as const

async function seedPapers(tx: Tx, desk: Desk, ago: (days: number) => Date): Promise<void> {
  const { partnerId, partner } = desk
  const paper = (name: string, about: string, day: Date) => pdf([name, about, `${partner.name} · ${entity}`, day.toISOString().slice(0, 10), 'Demo document. All companies are invented.'])
  for (const { name, kind, daysAgo, state, reason, papers } of cases) {
    const [id, at] = [uuidFrom(`case ${name}`), ago(daysAgo)]
    await tx.run(sql`insert into cases (partner_id, id, name, kind, submitted_at, state, reason) values (${partnerId}::uuid, ${id}::uuid, ${name}, ${kind}, ${at}::timestamptz, ${state}, ${reason}::text)`)
    for (const title of papers) {
      const fileId = await keepFile(tx, at, desk, 'case', `${title}.pdf`, paper(title, name, at))
      await tx.run(sql`insert into case_materials (partner_id, case_id, file_id) values (${partnerId}::uuid, ${id}::uuid, ${fileId}::uuid)`)
    }
  }
  for (const { name, version, daysAgo, validDays } of agreements) {
    const at = ago(daysAgo)
    const fileId = await keepFile(tx, at, desk, 'agreement', `${name}.pdf`, paper(name, `版本 ${version}`, at))
    await tx.run(sql`insert into partner_agreements (partner_id, id, name, version, signed_at, signed_by, valid_to, file_id)
      values (${partnerId}::uuid, ${uuidFrom(`agreement ${name}`)}::uuid, ${name}, ${version}, ${at}::timestamptz, '陈屿安', ${validDays === null ? null : ago(daysAgo - validDays).toISOString().slice(0, 10)}::date, ${fileId}::uuid)`)
  }
  const contacts = [
    { name: '服务热线', mobile: '+8610080010090', email: 'service@qingyu.example', remark: '工作日 9:00 至 18:00' }, { name: '值班工程师', mobile: '+8610080010091', email: '', remark: '故障处理，7×24 小时' }, { name: '财务', mobile: '', email: 'billing@qingyu.example', remark: '开票和对账' },
  ]
  await tx.run(sql`insert into customer_contacts (partner_id, items, version) values (${partnerId}::uuid, ${json(contacts)}, 1)`)
  const all = { sms: true, email: true, inApp: true }
  const template: NoticeTemplate = { balance: all, expiry: { ...all, sms: false }, security: all, product: { ...all, sms: false } }
  await tx.run(sql`insert into customer_notices (partner_id, is_taken_over, template, version) values (${partnerId}::uuid, true, ${json(template)}, 1)`)
  await tx.run(sql`insert into customer_bills (partner_id, are_shown, amounts, version) values (${partnerId}::uuid, true, 'list', 1)`)
}
