import type { AssociationType } from '#contract/customers.ts'
import type { CouponKind } from '#contract/coupons.ts'
import type { SensitiveOperation } from '#contract/operations.ts'
import type { Role } from '#contract/people.ts'
import type { MailBlock, MailLanguage } from './mail-layout.ts'
import type { PayoutTold } from './wording-payouts.ts'

export interface MessageText { sms: string, subject: string, mail: string, /** The mail once more, for programs that draw it. */ html?: string, /** In few words, for texts that a provider has registered. */ brief?: { what: string, state: string } }

export type NoticeKind = 'FU-04' | 'FU-05' | 'PR-01' | 'PR-02' | 'PR-03' | 'PR-04' | 'PR-05' | 'PR-06' | 'PR-07' | 'PR-09' | 'IN-03' | 'IN-05' | 'IN-06' | 'AS-01' | 'OG-01' | 'OG-02' | 'OG-03' | 'OG-06' | 'OG-07' | 'IC-01' | 'IC-02' | 'IC-03' | 'IC-04' | 'IC-05' | 'IC-11' | 'SP-01' | 'SP-02' | 'CP-01' | 'CP-02' | 'CP-04' | keyof PayoutTold | 'CP-06'
/** The invitation and its repetition: mails with a layout of their own. */
export type InvitationKind = 'IN-01' | 'IN-02'

/** What moves and for whom. `total` has thousands separators; `payee` is masked and plain, and absent when there are many. */
export interface Move { total: string, count: number, payee: string | undefined }

/** The sensitive operations of coupons and quota. */
export type CouponOperation = Extract<SensitiveOperation, `coupon.${string}`>

export interface CodeTold { phrase: string, code: string, reference: string, minutes: number, requestedAt: string, lines: readonly string[] }

export interface MoneyTold { partner: string, amount: string, at: string }
export type SwitchTold = { by: string, at: string } & ({ state: 'on' | 'off' } | { /** What needs an authenticator was changed. */ state: 'required', operations: readonly SensitiveOperation[] })
export type LockTold = { state: 'locked', person: string, until: string } | { state: 'unlocked', person: string, by: string, at: string }
/** What a code changes of the person's own: by a current contact, at a new one, or without being signed in. */
export type PersonalPurpose = 'mobile' | 'email' | 'password' | 'authenticator' | 'new-mobile' | 'new-email' | 'reset'
/** `device` is in known words, or undefined. */
export interface NewDeviceTold { at: string, device: string | undefined, address: string }
export interface ContactChangedTold { what: 'mobile' | 'email', at: string }
export interface PasswordChangedTold { how: 'changed' | 'reset' | 'unified', at: string }
export type CompanyReviewedTold = { result: 'approved' } | { result: 'rejected', reason: string }
/** `name` is what the person calls it. */
export type AuthenticatorChangedTold = { what: 'added' | 'removed', kind: 'totp' | 'passkey', name: string, at: string } | { what: 'cleared', /** Masked. */ by: string, at: string }
export interface RevealLimitTold { operator: string, count: number, at: string }

/** `customer` is masked. */
export interface AssociatedTold { customer: string, type: AssociationType, at: string }
export interface ReportEndsTold { customer: string, until: string }
export type ReviewedTold = { customer: string, result: 'approved', until: string } | { customer: string, result: 'rejected', reason: string }
/** Names are masked; `day` is the last that counts for the earlier manager, China time. */
export interface HandoverTold { from: string, to: string, day: string, count: number, state: 'planned' | 'cancelled' | 'done' }
export interface NewManagerTold { partner: string }
export interface WelcomeTold { partner: string, type: AssociationType }

/** An incentive statement: its number, month and amount with separators. `until` is the end of the last day, China time. */
export interface StatementTold { number: string, period: string, amount: string }
export type StatementDueTold = StatementTold & { until: string, /** Working days after today. */ daysLeft: number, onDeadline: 'LAPSE' | 'AUTO_CONFIRM', isProvisional: boolean }
export interface FeedbackAnsweredTold { number: string, line: string, answer: string }
export type FrozenTold = StatementTold & ({ state: 'frozen', reason: string } | { state: 'released' })

/** Who invites a project specialist, until when, and behind which address. */
export interface SpecialistTold { partner: string, until: string, url: string }
/** `value` has separators. */
export interface ResellerQuotaTold { what: 'issued' | 'reclaimed', distributor: string, number: string, value: string, at: string }
export type SpecialistReviewedTold = { partner: string, result: 'approved' } | { partner: string, result: 'rejected', reason: string }

/** `value` has separators; `until` is the last moment, with its zone. */
export interface QuotaTold { what: 'granted' | 'withdrawn' | 'ending', kind: CouponKind, number: string, value: string, until: string }
/** `scope` is empty where nothing is limited. */
export interface CouponIssuedTold { issuer: string, kind: CouponKind, value: string, minOrder: string, /** Percent of an order, of delivery coupons. */ maxShare: number | undefined, until: string, scope: readonly string[] }
export interface CouponEndsTold { issuer: string, count: number, value: string, until: string }

/** A link to set a password, for the sign-in named here; `login` is empty for the master account. Without `url` the message only says that there is one. */
export interface SetUpTold { partner: string, account: string, login: string, by: string, at: string, url: string | null, until: string }
export interface MemberChangedTold { what: 'rights' | 'disabled' | 'enabled', roles: readonly Role[], customRoles: readonly string[], partner: string, by: string, at: string }

/** What a notice is told with: all texts plain, amounts with separators, times with their zone. */
export interface NoticeTold extends PayoutTold {
  'FU-04': MoneyTold
  'FU-05': MoneyTold
  'PR-01': NewDeviceTold
  'PR-02': ContactChangedTold
  'PR-03': PasswordChangedTold
  'PR-04': SwitchTold
  'PR-05': LockTold
  'PR-06': CompanyReviewedTold
  'PR-07': RevealLimitTold
  'PR-09': AuthenticatorChangedTold
  'IN-03': AssociatedTold
  'IN-05': ReportEndsTold
  'IN-06': ReviewedTold
  'AS-01': WelcomeTold
  'OG-01': SetUpTold
  'OG-02': SetUpTold
  'OG-03': MemberChangedTold
  'OG-06': HandoverTold
  'OG-07': NewManagerTold
  'IC-01': StatementDueTold
  'IC-02': StatementDueTold
  'IC-03': StatementTold
  'IC-04': StatementTold
  'IC-05': FeedbackAnsweredTold
  'IC-11': FrozenTold
  'SP-01': SpecialistTold
  'SP-02': SpecialistReviewedTold
  'CP-01': QuotaTold
  'CP-02': CouponIssuedTold
  'CP-04': CouponEndsTold
  'CP-06': ResellerQuotaTold
}

/** What stands in an invitation: names plain, the prospect's own masked, the end of the link with its zone. */
export interface InvitationTold { partner: string, name: string, type: AssociationType, mobile: string, until: string, isRepeated: boolean }

/** Everything that is said in one language. A language without one of these does not compile. */
export interface Wording {
  /** Completes "You are about to". */
  phrase: Record<SensitiveOperation, (move: Move) => string>
  /** The same in parts, for texts that a provider has registered: what is done, and to or from whom. */
  action: Record<SensitiveOperation, string>
  target: Record<SensitiveOperation, (move: Move) => string>
  moved: Record<'FU-04' | 'FU-05' | CouponKind, string>
  code: (told: CodeTold) => MessageText
  /** Completes "You are about to", for what changes something of the person's own; and what was changed. */
  personal: Record<PersonalPurpose, string>
  changed: Record<'mobile' | 'email' | 'password' | 'authenticator', string>
  /** What becomes of an incentive statement, for texts that a provider has registered. */
  incentive: { due: (told: StatementDueTold) => string, lapsed: string }
  notice: { [K in NoticeKind]: (told: NoticeTold[K]) => MessageText }
  invitation: (told: InvitationTold) => { subject: string, blocks: MailBlock[] }
  language: MailLanguage
  /** The line of a mail that leads to the page. */
  link: (page: string) => string
}
