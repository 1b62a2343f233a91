import type { Amount, Figure } from '#contract/money.ts'
import type { CouponKind } from '#contract/coupons.ts'
import type { AssociationType } from '#contract/customers.ts'
import type { AuthenticatorKind } from '#contract/proofs.ts'
import type { SensitiveOperation } from '#contract/operations.ts'
import type { Locale, Role } from '#contract/people.ts'
import type { TemplateUse } from './channel.ts'
import { renderHtml, renderText, type MailBlock } from './mail-layout.ts'
import { associationTemplate } from './invite-code.ts'
import { plainText } from './plain-text.ts'
import { enUS } from './texts-en-us.ts'
import { zhCN } from './texts-zh-cn.ts'
import type { PayoutWay } from './wording-payouts.ts'
import { chinaDayOf } from './working-days.ts'
import type { InvitationKind, MessageText, Move, NoticeKind, NoticeTold, PersonalPurpose, Wording } from './wording.ts'

export { plainText } from './plain-text.ts'
export type { InvitationKind, MessageText, NoticeKind } from './wording.ts'

const wordings = { 'zh-CN': zhCN, 'en-US': enUS } satisfies Record<Locale, Wording>

/** Customers read times in the zone of the site. */
const customerTimeZone = 'Asia/Shanghai'
const lineMax = 200
/** An answer of the vendor has at most as many characters as the feedback. */
const answerMax = 500

export interface CodeMessage {
  locale: Locale
  operation: SensitiveOperation
  /** The sum that moves; null only for an operation that moves no money. */
  total: Amount | null
  count: number
  /** Masked name with the tail of the ID, e.g. `云海***公司 (ID ..8841)`; only for one payee. */
  payee?: string | undefined
  code: string
  reference: string
  /** How long the code lives, in minutes. */
  minutes: number
  requestedAt: Date
  /** IANA name of the partner's zone. */
  timeZone: string
  /** The summary for the mail, one masked line each, in the same language. */
  lines: readonly string[]
}

interface SetUp { partner: string, account: string, login: string, by: string, at: Date, url: string | null, until: Date, timeZone: string }
/** A payment request. */
interface RequestFacts { number: string, amount: Amount }
type Decided = RequestFacts & ({ result: 'approved' } | { result: 'rejected', reason: string })
/** An incentive statement; an amount below zero is a negative incentive. */
interface StatementFacts { number: string, period: string, amount: Figure }
type StatementDue = StatementFacts & { until: Date, daysLeft: number, onDeadline: 'LAPSE' | 'AUTO_CONFIRM', isProvisional: boolean }
interface Moved { partner: string, amount: Amount, at: Date }

/** What each notice needs to know. Names may be any text; they are made plain here. */
export interface NoticeParams {
  'FU-04': Moved
  'FU-05': Moved
  'PR-01': { at: Date, timeZone: string, device: string | undefined, address: string }
  'PR-02': { what: 'mobile' | 'email', at: Date, timeZone: string }
  'PR-03': { how: 'changed' | 'reset' | 'unified', at: Date, timeZone: string }
  'PR-04': { by: string, at: Date, timeZone: string } & ({ state: 'on' | 'off' } | { state: 'required', /** That need an authenticator from now on. */ operations: readonly SensitiveOperation[] })
  'PR-05': { state: 'locked', person: string, until: Date, timeZone: string } | { state: 'unlocked', person: string, by: string, at: Date, timeZone: string }
  'PR-06': { result: 'approved' } | { result: 'rejected', reason: string }
  'PR-09': { what: 'added' | 'removed', kind: AuthenticatorKind, name: string, at: Date, timeZone: string } | { what: 'cleared', by: string, at: Date, timeZone: string }
  'PR-07': { operator: string, count: number, at: Date, timeZone: string }
  /** `customer` is masked, as in the next two. */
  'IN-03': { customer: string, type: AssociationType, at: Date, timeZone: string }
  'IN-05': { customer: string, until: Date, timeZone: string }
  'IN-06': { customer: string, result: 'approved', until: Date, timeZone: string } | { customer: string, result: 'rejected', reason: string }
  'AS-01': { partner: string, type: AssociationType }
  /** `by` is masked; `url` the link's own address from our own settings, null in an SMS. */
  'OG-01': SetUp
  'OG-02': SetUp
  'OG-03': { what: 'rights' | 'disabled' | 'enabled', roles: readonly Role[], /** Names. */ customRoles: readonly string[], partner: string, by: string, at: Date, timeZone: string }
  /** Names masked; `day` YYYY-MM-DD. */
  'OG-06': { from: string, to: string, day: string, count: number, state: 'planned' | 'cancelled' | 'done' }
  'OG-07': { partner: string }
  'IC-06': Decided
  'IC-07': RequestFacts
  'IC-08': RequestFacts & { reason: string }
  'IC-09': RequestFacts & { way: PayoutWay }
  'IC-10': RequestFacts & { reason: string, way: PayoutWay }
  'IC-12': { state: 'TEST_PAYMENT' | 'CERTIFIED' | 'LOCKED' } | { state: 'FAILED', reason: string }
  'IC-13': Decided & { quarter: string }
  'IC-01': StatementDue
  'IC-02': StatementDue
  'IC-03': StatementFacts
  'IC-04': StatementFacts
  'IC-05': { number: string, line: string, answer: string }
  'IC-11': StatementFacts & ({ state: 'frozen', reason: string } | { state: 'released' })
  /** `url` is the link's own address from our own settings; its last part is the token. */
  'SP-01': { partner: string, until: Date, url: string }
  'SP-02': { partner: string, result: 'approved' } | { partner: string, result: 'rejected', reason: string }
  'CP-01': { what: 'granted' | 'withdrawn' | 'ending', kind: CouponKind, number: string, amount: Amount, until: Date, timeZone: string }
  'CP-02': { partner: string, kind: CouponKind, amount: Amount, minOrder: Amount, maxShare?: number | undefined, until: Date, scope: readonly string[] }
  /** The first of them ends at `until`. */
  'CP-04': { partner: string, count: number, amount: Figure, until: Date }
  'CP-06': { what: 'issued' | 'reclaimed', distributor: string, number: string, amount: Amount, at: Date, timeZone: string }
}

/** What an invitation needs to know. `name` and `mobile` are the prospect's, masked; `partner` may be any text. */
export interface InvitationParams { partner: string, name: string, type: AssociationType, mobile: string, until: Date }

/** @returns the message that carries a code, for both channels, in one language: operation, total, masked payee or count, code, reference,
 *  validity and warning, no link; the mail also has the summary and the time of the request with its zone. `template` is the same for an SMS
 *  provider that sends registered texts only.
 *  Refuses a code that is not six digits, a reference that is not two capital letters and a money operation without total by throwing. */
export function codeMessage(message: CodeMessage): MessageText & { template: TemplateUse } {
  const { locale, operation, code, reference, minutes } = message
  if (!/^\d{6}$/.test(code) || !/^[A-Z]{2}$/.test(reference)) throw new RangeError('malformed code or reference')
  const movesMoney = operation.startsWith('funds.') || operation.startsWith('coupon.')
  if (message.total === null && movesMoney) throw new RangeError('a money operation needs its total')
  const wording = wordings[locale]
  const payee = message.count === 1 && message.payee !== undefined ? plainText(message.payee) : ''
  const move: Move = { total: message.total === null ? '' : grouped(message.total), count: message.count, payee: payee === '' ? undefined : payee }
  const settled = { code, reference, minutes: String(minutes) }
  const action = wording.action[operation]
  return {
    ...wording.code({
      phrase: wording.phrase[operation](move), code, reference, minutes,
      requestedAt: timeText(message.requestedAt, message.timeZone),
      lines: message.lines.map((line) => plainText(line, lineMax)),
    }),
    template: !movesMoney
      ? { kind: 'code-setting', locale, params: { action, ...settled } }
      : { kind: 'code', locale, params: { action, total: move.total, target: wording.target[operation](move), ...settled } },
  }
}

/** @returns the message that carries a code to change something of the person's own, as codeMessage does. Refuses a malformed code or reference by throwing. */
export function personalCodeMessage({ locale, purpose, code, reference, minutes, requestedAt, timeZone }: Pick<CodeMessage, 'locale' | 'code' | 'reference' | 'minutes' | 'requestedAt' | 'timeZone'> & { purpose: PersonalPurpose }): MessageText & { template: TemplateUse } {
  if (!/^\d{6}$/.test(code) || !/^[A-Z]{2}$/.test(reference)) throw new RangeError('malformed code or reference')
  const phrase = wordings[locale].personal[purpose]
  return {
    ...wordings[locale].code({ phrase, code, reference, minutes, requestedAt: timeText(requestedAt, timeZone), lines: [] }),
    template: { kind: 'code-setting', locale, params: { action: phrase, code, reference, minutes: String(minutes) } },
  }
}

/** @param kind the event's code. @param page absolute address of the page the mail leads to, from our own settings; the page asks for sign-in.
 *  @returns the notice in one language. `template` is there for the events that are
 *  sent by SMS. Refuses a page that is not one http(s) address by throwing. */
export function noticeMessage<K extends NoticeKind>(
  kind: K, locale: Locale, params: NoticeParams[K], page?: string,
): MessageText & { template?: TemplateUse } {
  const wording = wordings[locale]
  const told = tell[kind](params)
  const text = wording.notice[kind](told)
  return {
    ...text,
    ...(page !== undefined && { mail: `${text.mail}\n\n${wording.link(pageAddress(page))}` }),
    ...('amount' in told && 'partner' in told && { template: { kind: 'notice', locale, params: { partner: told.partner, action: wording.moved[kind === 'FU-05' ? 'FU-05' : 'FU-04'], amount: told.amount } } }),
    ...(kind === 'PR-02' && 'what' in told && (told.what === 'mobile' || told.what === 'email') && { template: securityTemplate(locale, told.what, told.at) }),
    ...(kind === 'PR-03' && 'at' in told && { template: securityTemplate(locale, 'password', told.at) }),
    ...(kind === 'PR-09' && 'at' in told && { template: securityTemplate(locale, 'authenticator', told.at) }),
    ...('partner' in told && 'type' in told && { template: associationTemplate(locale, told.partner, told.type) }),
    ...(kind === 'SP-01' && 'until' in told && 'partner' in told && 'url' in told && typeof told.url === 'string' && { template: specialistTemplate(locale, { partner: told.partner, until: told.until, url: told.url }) }),
    ...(kind === 'CP-02' && 'issuer' in told && 'kind' in told && { template: { kind: 'notice', locale, params: { partner: told.issuer, action: wording.moved[told.kind], amount: told.value } } satisfies TemplateUse }),
    ...(text.brief && { template: { kind: 'payout' as const, locale, params: { ...text.brief } } }),
    ...((kind === 'IC-02' || kind === 'IC-04') && 'period' in told && 'amount' in told && { template: { kind: 'incentive', locale, params: { number: told.number, amount: told.amount, what: 'until' in told ? wording.incentive.due(told) : wording.incentive.lapsed } } }),
    ...(kind === 'OG-02' && 'at' in told && { template: securityTemplate(locale, 'password', told.at) }),
  }
}

/** @returns subject and parts of an invitation, for the mail and for its preview alike. `IN-02` says that earlier links are over. */
export function invitationParts(kind: InvitationKind, locale: Locale, { partner, name, type, mobile, until }: InvitationParams): { subject: string, blocks: MailBlock[] } {
  return wordings[locale].invitation({ partner: plainText(partner), name: plainText(name), type, mobile, until: timeText(until, customerTimeZone), isRepeated: kind === 'IN-02' })
}

/** @param url the invitation's own address, from our own settings. @returns the mail in one language, as text and drawn. Refuses an address that is not http(s) by throwing. */
export function invitationMessage(kind: InvitationKind, locale: Locale, params: InvitationParams, url: string): { subject: string, mail: string, html: string } {
  const { subject, blocks } = invitationParts(kind, locale, params)
  const { language } = wordings[locale]
  const address = pageAddress(url)
  return { subject, mail: renderText(blocks, language, address), html: renderHtml(subject, blocks, language, address) }
}

// Making one takes as long as a hundred uses of it.
const timeFormats = new Map<string, Intl.DateTimeFormat>()

/** @returns the time as people of both languages read it, with the offset of the zone: `2026-11-20 21:03:05 GMT+08:00`. */
export function timeText(at: Date, timeZone: string): string {
  const format = timeFormats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', timeZoneName: 'longOffset',
    year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  })
  timeFormats.set(timeZone, format)
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? ''
  const zone = part('timeZoneName') === 'GMT' ? 'GMT+00:00' : part('timeZoneName')
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')} ${zone}`
}

const moved = ({ partner, amount, at }: Moved) => ({ partner: plainText(partner), amount: grouped(amount), at: timeText(at, customerTimeZone) })

const setUp = ({ partner, account, login, by, at, url, until, timeZone }: SetUp) =>
  ({ partner: plainText(partner), account, login, by: plainText(by), at: timeText(at, timeZone), url: url === null ? null : pageAddress(url), until: timeText(until, timeZone) })

const requestFacts = ({ number, amount }: RequestFacts) => ({ number, amount: grouped(amount) })
const decided = (told: Decided) => (told.result === 'approved' ? { ...requestFacts(told), result: told.result } : { ...requestFacts(told), result: told.result, reason: plainText(told.reason, lineMax) })

const statementFacts = ({ number, period, amount }: StatementFacts) => ({ number, period, amount: grouped(amount) })
/** The end of a day is told as the day's own: 24:00 of the last, not 00:00 of the next. */
const statementDue = ({ until, daysLeft, onDeadline, isProvisional, ...facts }: StatementDue) => ({ ...statementFacts(facts), until: `${chinaDayOf(new Date(until.getTime() - 1))} 24:00 GMT+08:00`, daysLeft, onDeadline, isProvisional })

const tell: { [K in NoticeKind]: (params: NoticeParams[K]) => NoticeTold[K] } = {
  'FU-04': moved,
  'FU-05': moved,
  // An address is the server's own finding, and telling it is the point: it is not made plain.
  'PR-01': ({ at, timeZone, device, address }) => ({ at: timeText(at, timeZone), device, address: /^[\d.:a-f]{2,45}$/i.test(address) ? address : '–' }),
  'PR-02': ({ what, at, timeZone }) => ({ what, at: timeText(at, timeZone) }),
  'PR-03': ({ how, at, timeZone }) => ({ how, at: timeText(at, timeZone) }),
  'PR-04': ({ by, at, timeZone, ...told }) => ({ ...told, by: plainText(by), at: timeText(at, timeZone) }),
  'PR-05': (told) => (told.state === 'locked'
    ? { state: 'locked', person: plainText(told.person), until: timeText(told.until, told.timeZone) }
    : { state: 'unlocked', person: plainText(told.person), by: plainText(told.by), at: timeText(told.at, told.timeZone) }),
  'PR-06': (told) => (told.result === 'approved' ? told : { result: 'rejected', reason: plainText(told.reason, lineMax) }),
  'PR-09': (told) => (told.what === 'cleared'
    ? { what: 'cleared', by: plainText(told.by), at: timeText(told.at, told.timeZone) }
    : { what: told.what, kind: told.kind, name: plainText(told.name), at: timeText(told.at, told.timeZone) }),
  'PR-07': ({ operator, count, at, timeZone }) => ({ operator: plainText(operator), count, at: timeText(at, timeZone) }),
  'IN-03': ({ customer, type, at, timeZone }) => ({ customer: plainText(customer), type, at: timeText(at, timeZone) }),
  'IN-05': ({ customer, until, timeZone }) => ({ customer: plainText(customer), until: timeText(until, timeZone) }),
  'IN-06': (told) => (told.result === 'approved'
    ? { customer: plainText(told.customer), result: 'approved', until: timeText(told.until, told.timeZone) }
    : { customer: plainText(told.customer), result: 'rejected', reason: plainText(told.reason, lineMax) }),
  'AS-01': ({ partner, type }) => ({ partner: plainText(partner), type }),
  'OG-01': setUp,
  'OG-02': setUp,
  'OG-03': ({ what, roles, customRoles, partner, by, at, timeZone }) => ({ what, roles, customRoles: customRoles.map((name) => plainText(name)), partner: plainText(partner), by: plainText(by), at: timeText(at, timeZone) }),
  'OG-06': ({ from, to, day, count, state }) => ({ from: plainText(from), to: plainText(to), day, count, state }),
  'OG-07': ({ partner }) => ({ partner: plainText(partner) }),
  'IC-06': decided,
  'IC-07': requestFacts,
  'IC-08': ({ reason, ...facts }) => ({ ...requestFacts(facts), reason: plainText(reason, lineMax) }),
  'IC-09': ({ way, ...facts }) => ({ ...requestFacts(facts), way }),
  'IC-10': ({ reason, way, ...facts }) => ({ ...requestFacts(facts), reason: plainText(reason, lineMax), way }),
  'IC-12': (told) => (told.state === 'FAILED' ? { state: 'FAILED', reason: plainText(told.reason, lineMax) } : told),
  'IC-13': ({ quarter, ...told }) => ({ ...decided(told), quarter }),
  'IC-01': statementDue,
  'IC-02': statementDue,
  'IC-03': statementFacts,
  'IC-04': statementFacts,
  'IC-05': ({ number, line, answer }) => ({ number, line, answer: plainText(answer, answerMax) }),
  'IC-11': (told) => ({ ...statementFacts(told), ...(told.state === 'frozen' ? { state: 'frozen', reason: plainText(told.reason, lineMax) } : { state: 'released' }) }),
  'SP-01': ({ partner, until, url }) => ({ partner: plainText(partner), until: timeText(until, customerTimeZone), url: pageAddress(url) }),
  'SP-02': (told) => (told.result === 'approved' ? { partner: plainText(told.partner), result: 'approved' } : { partner: plainText(told.partner), result: 'rejected', reason: plainText(told.reason, lineMax) }),
  'CP-01': ({ what, kind, number, amount, until, timeZone }) => ({ what, kind, number, value: grouped(amount), until: timeText(until, timeZone) }),
  'CP-02': ({ partner, kind, amount, minOrder, maxShare, until, scope }) => ({ issuer: plainText(partner), kind, value: grouped(amount), minOrder: grouped(minOrder), maxShare, until: timeText(until, customerTimeZone), scope: scope.map((one) => plainText(one)) }),
  'CP-04': ({ partner, count, amount, until }) => ({ issuer: plainText(partner), count, value: grouped(amount), until: timeText(until, customerTimeZone) }),
  'CP-06': ({ what, distributor, number, amount, at, timeZone }) => ({ what, distributor: plainText(distributor), number, value: grouped(amount), at: timeText(at, timeZone) }),
}

const securityTemplate = (locale: Locale, what: keyof Wording['changed'], at: string): TemplateUse => ({ kind: 'security', locale, params: { what: wordings[locale].changed[what], time: at } })

const specialistTemplate = (locale: Locale, { partner, until, url }: { partner: string, until: string, url: string }): TemplateUse => ({ kind: 'specialist', locale, params: { partner, until, token: url.slice(url.lastIndexOf('/') + 1) } })

const grouped = (amount: Amount | Figure): string => amount.replace(/\B(?=(?:\d{3})+\.)/g, ',')

function pageAddress(page: string): string {
  if (!/^https?:\/\/\S+$/.test(page)) throw new RangeError('not a page address')
  return page
}
