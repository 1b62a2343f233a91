import type { Locale } from '#contract/people.ts'
import type { Summary } from '#contract/proofs.ts'

const shownItems = 20

/** What is settled for customers: each fact with its values. */
const settings = {
  'zh-CN': {
    labels: { takeover: '客户消息设置', notice_balance: '余额消息', notice_expiry: '到期消息', notice_security: '安全消息', notice_product: '产品消息', bills: '客户账单' },
    values: { takeover_on: '接管', takeover_off: '取消接管', takeover_stays_on: '已接管，不变', takeover_stays_off: '未接管，不变', bills_hidden: '不展示', bills_list: '展示，目录价', bills_none: '展示，不含金额', sms: '短信', email: '邮件', in_app: '站内信', none: '不发送' },
    colon: '：', comma: '、', becomes: ' → ',
  },
  'en-US': {
    labels: { takeover: 'Customer notices', notice_balance: 'Balance messages', notice_expiry: 'Expiry messages', notice_security: 'Security messages', notice_product: 'Product messages', bills: 'Customer bills' },
    values: { takeover_on: 'taken over', takeover_off: 'given back', takeover_stays_on: 'taken over, as before', takeover_stays_off: 'not taken over, as before', bills_hidden: 'not shown', bills_list: 'shown at list price', bills_none: 'shown without amounts', sms: 'SMS', email: 'email', in_app: 'in-app', none: 'not sent' },
    colon: ': ', comma: ', ', becomes: ' -> ',
  },
} as const satisfies Record<Locale, { labels: Record<string, string>; values: Record<string, string>; colon: string; comma: string; becomes: string }>

/** One line for each thing that is settled: the old value and the new one where both are told. */
function settingLines({ facts }: Summary, locale: Locale): string[] {
  const { labels, values, colon, comma, becomes } = settings[locale]
  const wordOf = new Map<string, string>(Object.entries(values))
  const value = (text: string): string => (text.startsWith('channels_') ? text.slice(9).replace('in_app', 'in-app').split('_').map((channel) => wordOf.get(channel.replace('-', '_')) ?? channel).join(comma) : wordOf.get(text) ?? text)
  return Object.entries(labels).flatMap(([label, name]) => {
    const told = facts.flatMap((fact) => (fact.kind === 'text' && [label, `${label}_before`, `${label}_after`].includes(fact.label) ? [value(fact.text)] : []))
    return told.length === 0 ? [] : [`${name}${colon}${told.join(becomes)}`]
  })
}

const words = {
  'zh-CN': { quota: '额度', face_value: '每张面值', min_order: '最小可用订单额', valid_until: '有效期至', max_share: '最高抵扣比例', products: '产品', actual: '实际回收金额以执行时的余额为准。', moreCoupons: (n: number) => `另有 ${n} 张券`, source: '资金来源账户', 'top-up': '充值账户', credit: '信用账户', lot: '批次', more: (n: number) => `另有 ${n} 个客户` },
  'en-US': { quota: 'Quota', face_value: 'Face value each', min_order: 'Minimum order amount', valid_until: 'Valid until', max_share: 'Maximum share', products: 'Products', actual: 'The actual amount is what is left at execution.', moreCoupons: (n: number) => `and ${n} more coupons`, source: 'Source', 'top-up': 'top-up account', credit: 'credit account', lot: 'Lot', more: (n: number) => `and ${n} more customers` },
} as const

const grouped = (amount: string): string => amount.replace(/\B(?=(\d{3})+\.)/g, ',')

/** The frozen summary as lines of a mail: masked names with the tail of the ID, amounts, and where the money comes from.
 *  @returns at most 20 rows and one line that counts the rest. */
export function summaryLines(summary: Summary, locale: Locale): string[] {
  const word = words[locale]
  const { colon } = settings[locale]
  const money = (amount: string) => (locale === 'zh-CN' ? `${grouped(amount)}元` : `${grouped(amount)} CNY`)
  const expected = summary.notes.flatMap((note) => (note.kind === 'expected' ? note.items : []))
  const all = summary.items.length > 0 ? summary.items : expected
  const rows = [
    ...summary.items.slice(0, shownItems).map(({ nameMasked, idTail, amount }) => `${nameMasked} (ID ..${idTail})  ${money(amount)}`),
    ...expected.slice(0, shownItems).map(({ number, nameMasked, idTail, amount }) => `${number} ${nameMasked} (ID ..${idTail})  ${money(amount)}`),
  ]
  const rest = all.length - rows.length
  const facts = summary.facts.flatMap((fact) => {
    if (fact.kind === 'text' && fact.label === 'source') return [`${word.source}${colon}${fact.text === 'credit' ? word.credit : word['top-up']}`]
    if (fact.kind === 'money' && (fact.label === 'face_value' || fact.label === 'min_order')) return [`${word[fact.label]}${colon}${money(fact.amount)}`]
    if (fact.kind !== 'number') return []
    return fact.label === 'lot' || fact.label === 'quota' || fact.label === 'valid_until' || fact.label === 'max_share' || fact.label === 'products' ? [`${word[fact.label]}${colon}${fact.number}`] : []
  })
  return [...rows, ...(rest > 0 ? [expected.length > 0 ? word.moreCoupons(rest) : word.more(rest)] : []), ...facts, ...(expected.length > 0 ? [word.actual] : []), ...settingLines(summary, locale)]
}
