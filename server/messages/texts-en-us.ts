import { companyReviewed } from './texts-company-en-us.ts'
import { couponAction, couponIssued, couponPhrase, couponsEnd, couponTarget, quotaChanged } from './texts-coupons-en-us.ts'
import { handover, newManager } from './texts-handover-en-us.ts'
import { confirmedBySystem, confirmSoon, feedbackAnswered, frozenOrReleased, incentive, lapsed, toConfirm } from './texts-incentives-en-us.ts'
import { associated, invitation, reportEnds, reviewed, welcome } from './texts-invites-en-us.ts'
import { firstPassword, memberChanged, passwordReset } from './texts-members-en-us.ts'
import { payouts } from './texts-payouts-en-us.ts'
import { resellerQuota } from './texts-resellers-en-us.ts'
import { specialistInvited, specialistReviewed } from './texts-specialists-en-us.ts'
import { authenticatorChanged, changed, contactChanged, newDevice, passwordChanged, personal } from './texts-security-en-us.ts'
import type { CodeTold, LockTold, MessageText, MoneyTold, Move, RevealLimitTold, SwitchTold, Wording } from './wording.ts'

const sign = '[Partner Center]'
const customers = ({ count }: Move): string => (count === 1 ? '1 customer' : `${count} customers`)

export const enUS: Wording = {
  phrase: {
    ...couponPhrase,
    'funds.allocate': (move) => `allocate ${move.total} CNY to ${move.payee ?? customers(move)}`,
    'funds.reclaim': (move) => `reclaim ${move.total} CNY from ${move.payee ?? customers(move)}`,
    'verification.off': () => 'turn verification off',
    'verification.require': () => 'change which operations need an authenticator',
    'notice.takeover': () => "settle the customers' messages",
    'notice.bill': () => "settle the customers' bills",
  },
  action: { ...couponAction, 'funds.allocate': 'allocate', 'funds.reclaim': 'reclaim', 'verification.off': 'turn verification off', 'verification.require': 'change which operations need an authenticator', 'notice.takeover': "settle the customers' messages", 'notice.bill': "settle the customers' bills" },
  target: {
    ...couponTarget,
    'funds.allocate': (move) => `to ${move.payee ?? customers(move)}`,
    'funds.reclaim': (move) => `from ${move.payee ?? customers(move)}`,
    'verification.off': () => '',
    'verification.require': () => '',
    'notice.takeover': () => '',
    'notice.bill': () => '',
  },
  moved: { 'FU-04': 'allocated', 'FU-05': 'reclaimed', VOUCHER: 'issued vouchers of', CASH: 'issued cash coupons of', DELIVERY: 'issued delivery coupons of' },
  code,
  personal,
  changed,
  incentive,
  notice: {
    'FU-04': (told) => money(told, `${told.partner} allocated ${told.amount} CNY`, 'to your account'),
    'FU-05': (told) => money(told, `${told.partner} reclaimed ${told.amount} CNY`, 'from your account'),
    'PR-01': newDevice,
    'PR-02': contactChanged,
    'PR-03': passwordChanged,
    'PR-04': verificationSwitch,
    'PR-05': lock,
    'PR-06': companyReviewed,
    'PR-07': revealLimit,
    'PR-09': authenticatorChanged,
    'IN-03': associated,
    'IN-05': reportEnds,
    'IN-06': reviewed,
    'AS-01': welcome,
    'OG-01': firstPassword,
    'OG-02': passwordReset,
    'OG-03': memberChanged,
    'OG-06': handover,
    'OG-07': newManager,
    'IC-01': toConfirm,
    'IC-02': confirmSoon,
    'IC-03': confirmedBySystem,
    'IC-04': lapsed,
    'IC-05': feedbackAnswered,
    'IC-11': frozenOrReleased,
    'SP-01': specialistInvited,
    'SP-02': specialistReviewed,
    'CP-01': quotaChanged,
    'CP-02': couponIssued,
    'CP-04': couponsEnd,
    ...payouts,
    'CP-06': resellerQuota,
  },
  invitation,
  language: { code: 'en-US', colon: ': ' },
  link: (page) => `See it after signing in: ${page}`,
}

function code({ phrase, code: digits, reference, minutes, requestedAt, lines }: CodeTold): MessageText {
  return {
    sms: `${sign} You are about to ${phrase}. Code ${digits}, reference ${reference}, valid ${minutes} minutes. Never pass it on.`,
    subject: `Security check: ${phrase}`,
    mail: [
      `You are about to ${phrase}.`, '', ...lines, ...(lines.length > 0 ? [''] : []),
      `Code: ${digits}`, `Reference: ${reference}`, `Valid: ${minutes} minutes`, `Requested: ${requestedAt}`, '',
      'Never pass the code on.', 'If this was not you, do not enter the code and tell your administrator.',
    ].join('\n'),
  }
}

function money({ at }: MoneyTold, subject: string, where: string): MessageText {
  return { sms: `${sign} ${subject} ${where} on ${at}.`, subject, mail: `${subject} ${where} on ${at}.\n\nIf you have questions, ask your partner.` }
}

function verificationSwitch({ by, at, ...told }: SwitchTold): MessageText {
  if (told.state === 'required') {
    const deed = `${by} changed on ${at} which operations need an authenticator`
    return { sms: `${sign} ${deed}.`, subject: 'Authenticators required', mail: `${deed}. Now: ${told.operations.map((operation) => enUS.action[operation]).join(', ') || 'none'}.\n\nIf you did not expect this, check it.` }
  }
  const { state } = told
  const effect = state === 'off'
    ? 'From now on, some sensitive operations are confirmed without a code. If you did not expect this, check it and turn verification on again.'
    : 'From now on, sensitive operations ask for a code.'
  return {
    sms: `${sign} ${by} turned verification ${state} on ${at}.`,
    subject: `Verification turned ${state}`,
    mail: `${by} turned verification ${state} on ${at}.\n\n${effect}`,
  }
}

function lock(told: LockTold): MessageText {
  if (told.state === 'unlocked') {
    const deed = `${told.by} unlocked the verification of ${told.person} on ${told.at}`
    return { sms: `${sign} ${deed}.`, subject: 'Verification unlocked', mail: `${deed}.` }
  }
  const deed = `The verification of ${told.person} is locked until ${told.until} after too many wrong codes`
  return {
    sms: `${sign} ${deed}.`,
    subject: 'Verification locked',
    mail: `${deed}.\n\nSigning in and reading still work. If this was not you, tell your administrator.`,
  }
}

function revealLimit({ operator, count, at }: RevealLimitTold): MessageText {
  const deed = `${operator} has viewed ${count} full values, which is the limit, as of ${at}`
  return { sms: `${sign} ${deed}.`, subject: 'Many full values viewed', mail: `${deed}.\n\nPlease check whether this is ordinary work. The operation log lists what was viewed.` }
}
