import i18next from 'i18next'
import { Figure, fromMinor } from '#contract/money.ts'
import { LoggedOperation } from '#contract/operation-log.ts'
import { translateKey } from '#src/i18n/i18n.ts'
import { formatCount, formatFull, formatMoney } from '#src/lib/format.ts'
import { operationKey } from './labels.ts'

/** Texts that people wrote, and numbers of records: shown as they are, even where they look like a code. */
const verbatim = new Set(['filter', 'destination', 'reference', 'digest', 'file', 'place', 'batch', 'lots', 'member', 'id', 'vendorReference'])
const counts = new Set(['subjects', 'send', 'attempt', 'attempts', 'count', 'rows', 'ended', 'seconds'])

/** @param label key of a kept fact. @returns its words, or the key where this console does not know it. */
export const detailLabel = (label: string): string => translateKey(`log.detail.${label}`, { fallback: label })

/** @param operation of the entry: what was before and after a tag is somebody's own words. @param label @param value a kept fact, as the server
 *  wrote it. @returns the value for a person: codes in words, amounts with separators, instants in the partner's zone. */
export function detailText(operation: LoggedOperation, label: string, value: string): string {
  if (verbatim.has(label) || (operation === 'customer.tag' && (label === 'before' || label === 'after'))) return value
  if (counts.has(label) && /^\d+$/.test(value)) return formatCount(Number(value))
  if (label === 'difference' && /^-?\d+$/.test(value)) return formatMoney(fromMinor(BigInt(value)))
  if (Figure.safeParse(value).success) return formatMoney(value)
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return formatFull(value)
  if (label === 'page') return pageText(value)
  if (label === 'field') return translateKey(`log.reveal_field.${value}`, { fallback: value })
  const done = LoggedOperation.options.find((one) => one === value)
  if (label === 'operation' && done) return i18next.t(operationKey[done])
  if (aboutRights.has(operation) && (label === 'before' || label === 'after')) return rightsText(value)
  if (operation === 'role.changed' && label !== 'changed') return value
  if (aboutRoles.has(operation) && value.split(' ').every((part) => isCode(part.replace(/^[+-]/, '')))) return value.split(' ').map(signedText).join(i18next.t('common.list_separator'))
  const parts = value.split(', ')
  return parts.every(isCode) ? parts.map(codeText).join(i18next.t('common.list_separator')) : value
}

/** @param page path of the page that a reveal was asked from. @returns its title. */
export function pageText(page: string): string {
  const [, area = '', part = ''] = page.split('/')
  const name = area === 'customers' ? (part === '' ? 'customers' : part === 'development' ? part : 'customer') : (area === 'funds' || area === 'organization') && part !== '' ? part : area
  return translateKey(`log.page.${name}`, { fallback: page })
}

const isCode = (text: string): boolean => /^[\w.-]{1,40}$/.test(text)

const aboutRights = new Set<LoggedOperation>(['member.created', 'member.changed', 'member.deleted'])
const aboutRoles = new Set<LoggedOperation>(['role.created', 'role.changed', 'role.deleted'])

/** Roles with what was added to them and taken from them, such as `manager, Night shift +funds.allocate -customer.tag`. The name of a custom role stays what somebody wrote. */
function rightsText(value: string): string {
  const [, roles = '', exceptions = ''] = /^(.*?)((?: [+-][\w.]+)*)$/.exec(value) ?? []
  const parts = [...roles.split(', ').map((part) => (isCode(part) ? codeText(part) : part)), ...exceptions.split(' ').filter((part) => part !== '').map(signedText)]
  return parts.join(i18next.t('common.list_separator'))
}

const signedText = (part: string): string => (/^[+-]/.test(part) ? `${part.startsWith('+') ? '+' : '−'}${codeText(part.slice(1))}` : codeText(part))

/** A dot would be read as the path of a text. */
function codeText(code: string): string {
  const name = code.replaceAll('.', '_')
  return translateKey(`log.value.${name}`, { fallback: translateKey(`permissions.item.${name}`, { fallback: code }) })
}
