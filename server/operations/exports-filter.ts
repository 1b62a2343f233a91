import type { ExportRequest } from '#contract/exports.ts'
import { LoggedOperation } from '#contract/operation-log.ts'
import type { Locale } from '#contract/people.ts'
import { customerScope, type Actor } from '#server/auth/actor.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { maskCompany, maskName } from '#server/masking/mask.ts'
import { readCustomRoles } from './custom-roles.ts'
import { exportWords, type ExportWords, type Label } from './exports-words.ts'

/** Names of the filters in the contract, as the person knows them. A range has one name. */
const filterLabels: Record<string, Label> = {
  associatedFrom: 'associatedAt', expiryFrom: 'nextExpiry', balanceMin: 'balance', monthExpenditureMin: 'monthExpenditure', budgetUsedMin: 'budgetUsed', from: 'time', amountMin: 'amount',
  number: 'number', associationType: 'associationType', manager: 'manager', tag: 'tag', state: 'state', todo: 'todo', customerId: 'name', customerNumber: 'number', kind: 'kind', source: 'source',
  operatorId: 'operator', account: 'account', direction: 'direction', operation: 'operation', objectKind: 'objectKind', objectNumber: 'objectNumber', result: 'result', confirmedBy: 'confirmedBy',
  invitation: 'lastInvitation', cause: 'cause', inviterId: 'invitedBy', creatorId: 'createdBy', label: 'linkLabel', linkId: 'link', prospectId: 'prospect', role: 'roles', customRoleId: 'roles', login: 'login',
  quotaId: 'quotaNumber', quotaNumber: 'quotaNumber', sourceQuotaNumber: 'sourceQuota', leftMin: 'left', validFrom: 'validTo', issuedFrom: 'issuedAt', orderNumber: 'orderNumber', endsSoon: 'endsSoon',
}
const ends: Record<string, string> = {
  associatedFrom: 'associatedTo', expiryFrom: 'expiryTo', balanceMin: 'balanceMax', monthExpenditureMin: 'monthExpenditureMax', budgetUsedMin: 'budgetUsedMax', from: 'to', amountMin: 'amountMax', leftMin: 'leftMax', validFrom: 'validTo', issuedFrom: 'issuedTo',
}
const hidden = '***'

/** Says in words what was filtered by, for the list of exports, the operation log and the file's first line. Personal data that was looked for is
 *  named but not repeated, and people stand there masked.
 *  @returns e.g. `关联类型：代售；手机号：***`, or the word for none. */
export async function filterText(tx: Tx, actor: Actor, request: ExportRequest, locale: Locale): Promise<string> {
  const word = exportWords(locale)
  const filter: Record<string, string | number | boolean | undefined> = { ...request.filter }
  const parts: string[] = []
  for (const [key, label] of Object.entries(filterLabels)) {
    const end = ends[key]
    const [from, to] = [filter[key], end === undefined ? undefined : filter[end]]
    if (from === undefined && to === undefined) continue
    // oxlint-disable-next-line no-await-in-loop -- at most two of the filters are looked up by id
    const text = end === undefined ? await valueText(tx, actor, request.content, key, String(from), word) : `${from ?? ''}–${to ?? ''}`
    parts.push(word.pair(word.label(labelOf(request.content, key, label)), text))
  }
  for (const label of lookedFor(request)) parts.push(word.pair(word.label(label === 'name' && request.content === 'members' ? 'member' : label), hidden))
  if (request.selected) parts.push(word.pair(word.label('selected'), String(request.selected.length)))
  return parts.length === 0 ? word.label('none') : word.list(parts)
}

const couponFilterLabels: Record<'coupon-quotas' | 'coupons' | 'coupon-records', Record<string, Label>> = {
  'coupon-quotas': { number: 'quotaNumber', kind: 'couponKind', state: 'quotaState', source: 'quotaSource' }, coupons: { number: 'couponNumber', kind: 'couponKind', state: 'couponState', expiryFrom: 'validTo' }, 'coupon-records': { number: 'objectNumber', kind: 'couponKind', operation: 'couponOperation' },
}
const inviteFilterLabels: Record<'prospects' | 'invitations' | 'invite-links', Record<string, Label>> = {
  prospects: { state: 'prospectState', from: 'reportedAt' }, invitations: { number: 'invitationNumber', kind: 'inviteKind', state: 'inviteState', from: 'sentAt' }, 'invite-links': { kind: 'inviteKind', state: 'inviteState', from: 'createdAt' },
}

/** The same name means another thing in another list. */
function labelOf(content: ExportRequest['content'], key: string, label: Label): Label {
  if (content === 'members') return key === 'state' ? 'memberState' : label
  if (content === 'coupon-quotas' || content === 'coupons' || content === 'coupon-records') return couponFilterLabels[content][key] ?? label
  if (content === 'prospects' || content === 'invitations' || content === 'invite-links') return inviteFilterLabels[content][key] ?? label
  if (key === 'number' && content !== 'customers') return 'transactionNumber'
  return key === 'source' && content === 'operation-log' ? 'origin' : label
}

function lookedFor(request: ExportRequest): Label[] {
  if (request.content === 'adjustments') return request.counterparty === undefined ? [] : ['counterparty']
  if (request.content === 'coupon-records') return request.party === undefined ? [] : ['party']
  if (!('lookup' in request)) return []
  const { name, mobile, email }: { name?: string | undefined; mobile?: string | undefined; email?: string | undefined } = request.lookup ?? {}
  return [...(name === undefined ? [] : ['name'] as const), ...(mobile === undefined ? [] : ['mobile'] as const), ...(email === undefined ? [] : ['email'] as const)]
}

async function valueText(tx: Tx, actor: Actor, content: ExportRequest['content'], key: string, value: string, word: ExportWords): Promise<string> {
  if ((key === 'manager' && value !== 'unassigned') || key === 'operatorId' || key === 'inviterId' || key === 'creatorId') {
    const [member] = await tx.rows<{ name: string }>(sql`select name from members where partner_id = ${actor.partner.id} and id = ${value}::uuid`)
    return maskName(member?.name ?? hidden)
  }
  if (key === 'customerId') {
    const [customer] = await tx.rows<{ name: string }>(sql`select c.name from customers c where c.partner_id = ${actor.partner.id} and c.id = ${value}::uuid and ${customerScope(actor)}`)
    return maskCompany(customer?.name ?? hidden)
  }
  if (key === 'customRoleId') return (await readCustomRoles(tx, actor.partner.id, [value]))[0]?.name ?? hidden
  if (key === 'role') return word.value(`role.${value}`)
  if (content === 'coupons' || content === 'coupon-records') return key === 'quotaId' ? value.slice(0, 8) : word.value(/^(kind|state|operation)$/.test(key) ? `coupon.${value}` : value)
  if (content === 'coupon-quotas') return word.value(key === 'kind' ? `coupon.${value}` : /^(state|source)$/.test(key) ? `quota.${value}` : value)
  if (content === 'members' && key === 'state') return word.value(`member.${value}`)
  if (key === 'linkId' || key === 'prospectId') return value.slice(0, 8)
  return key === 'tag' || key === 'login' || key === 'objectNumber' || key === 'label' ? value : content === 'operation-log' && key === 'operation' ? operationText(value, word) : word.value(value)
}

function operationText(value: string, word: ExportWords): string {
  const parsed = LoggedOperation.safeParse(value)
  return parsed.success ? word.operation(parsed.data) : value
}
