import { companyReviewed } from './texts-company-zh-cn.ts'
import { couponAction, couponIssued, couponPhrase, couponsEnd, couponTarget, quotaChanged } from './texts-coupons-zh-cn.ts'
import { handover, newManager } from './texts-handover-zh-cn.ts'
import { confirmedBySystem, confirmSoon, feedbackAnswered, frozenOrReleased, incentive, lapsed, toConfirm } from './texts-incentives-zh-cn.ts'
import { associated, invitation, reportEnds, reviewed, welcome } from './texts-invites-zh-cn.ts'
import { firstPassword, memberChanged, passwordReset } from './texts-members-zh-cn.ts'
import { payouts } from './texts-payouts-zh-cn.ts'
import { resellerQuota } from './texts-resellers-zh-cn.ts'
import { specialistInvited, specialistReviewed } from './texts-specialists-zh-cn.ts'
import { authenticatorChanged, changed, contactChanged, newDevice, passwordChanged, personal } from './texts-security-zh-cn.ts'
import type { CodeTold, LockTold, MessageText, MoneyTold, Move, RevealLimitTold, SwitchTold, Wording } from './wording.ts'

const sign = '【伙伴中心】'
const customers = ({ count }: Move): string => `${count}个客户`

export const zhCN: Wording = {
  phrase: {
    ...couponPhrase,
    'funds.allocate': (move) => (move.payee === undefined ? `向${customers(move)}拨款合计${move.total}元` : `向${move.payee}拨款${move.total}元`),
    'funds.reclaim': (move) => (move.payee === undefined ? `从${customers(move)}回收合计${move.total}元` : `从${move.payee}回收${move.total}元`),
    'verification.off': () => '关闭验证码验证',
    'verification.require': () => '修改须用验证器的操作',
    'notice.takeover': () => '设置客户消息',
    'notice.bill': () => '设置客户账单',
  },
  action: { ...couponAction, 'funds.allocate': '拨款', 'funds.reclaim': '回收', 'verification.off': '关闭验证码验证', 'verification.require': '修改须用验证器的操作', 'notice.takeover': '设置客户消息', 'notice.bill': '设置客户账单' },
  target: {
    ...couponTarget,
    'funds.allocate': (move) => move.payee ?? customers(move),
    'funds.reclaim': (move) => move.payee ?? customers(move),
    'verification.off': () => '',
    'verification.require': () => '',
    'notice.takeover': () => '',
    'notice.bill': () => '',
  },
  moved: { 'FU-04': '拨款', 'FU-05': '回收', VOUCHER: '发放代金券', CASH: '发放现金券', DELIVERY: '发放提货券' },
  code,
  personal,
  changed,
  incentive,
  notice: {
    'FU-04': (told) => money(told, `${told.partner}已拨款${told.amount}元`, `向您的账户拨款${told.amount}元`),
    'FU-05': (told) => money(told, `${told.partner}已回收${told.amount}元`, `从您的账户回收${told.amount}元`),
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
  language: { code: 'zh-CN', colon: '：' },
  link: (page) => `登录后查看：${page}`,
}

function code({ phrase, code: digits, reference, minutes, requestedAt, lines }: CodeTold): MessageText {
  return {
    sms: `${sign}您正在${phrase}，验证码 ${digits}（编号 ${reference}），${minutes} 分钟内有效，请勿告知他人。`,
    subject: `安全验证：${phrase}`,
    mail: [
      `您正在${phrase}。`, '', ...lines, ...(lines.length > 0 ? [''] : []),
      `验证码：${digits}`, `编号：${reference}`, `有效期：${minutes} 分钟`, `申请时间：${requestedAt}`, '',
      '请勿将验证码告知他人。', '如非本人操作，请勿输入验证码并联系管理员。',
    ].join('\n'),
  }
}

function money({ partner, at }: MoneyTold, subject: string, deed: string): MessageText {
  return { sms: `${sign}${partner}已于 ${at} ${deed}。`, subject, mail: `${partner}已于 ${at} ${deed}。\n\n如有疑问，请联系您的伙伴。` }
}

function verificationSwitch({ by, at, ...told }: SwitchTold): MessageText {
  if (told.state === 'required') {
    const deed = `${by}已于 ${at} 修改须用验证器的操作`
    return { sms: `${sign}${deed}。`, subject: '须用验证器的操作已修改', mail: `${deed}。现为：${told.operations.map((operation) => zhCN.action[operation]).join('、') || '无'}。\n\n如有疑问，请核实。` }
  }
  const { state } = told
  const deed = state === 'off' ? '关闭' : '开启'
  const effect = state === 'off' ? '此后，部分敏感操作只需确认，不再输入验证码。如有疑问，请核实后重新开启。' : '此后，敏感操作需要输入验证码。'
  return {
    sms: `${sign}${by}已于 ${at} ${deed}验证码验证。`,
    subject: `验证码验证已${deed}`,
    mail: `${by}已于 ${at} ${deed}验证码验证。\n\n${effect}`,
  }
}

function lock(told: LockTold): MessageText {
  if (told.state === 'unlocked') {
    const deed = `${told.by}已于 ${told.at} 解除${told.person}的验证锁定`
    return { sms: `${sign}${deed}。`, subject: '验证功能已解锁', mail: `${deed}。` }
  }
  const deed = `${told.person}的验证功能因验证码错误次数过多已锁定，${told.until} 后恢复`
  return { sms: `${sign}${deed}。`, subject: '验证功能已锁定', mail: `${deed}。\n\n锁定期间仍可登录和查看。如非本人操作，请联系管理员。` }
}

function revealLimit({ operator, count, at }: RevealLimitTold): MessageText {
  const deed = `截至 ${at}，${operator}已查看 ${count} 项完整敏感信息，达到上限`
  return { sms: `${sign}${deed}。`, subject: '敏感信息查看超限', mail: `${deed}。\n\n请核实是否为正常业务，查看记录见操作日志。` }
}
