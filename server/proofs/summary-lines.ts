import type { Locale } from '#contract/people.ts'
import type { Summary } from '#contract/proofs.ts'

const shownItems = 20

const words = {
  'zh-CN': { source: '资金来源', 'top-up': '充值账户', credit: '信用账户', lot: '批次', more: (n: number) => `另有 ${n} 个客户` },
  'en-US': { source: 'Source', 'top-up': 'top-up account', credit: 'credit account', lot: 'Lot', more: (n: number) => `and ${n} more customers` },
} as const

/** The frozen summary as lines of a mail: masked names with the tail of the ID, amounts, and where the money comes from.
 *  @returns at most 20 rows and one line that counts the rest. */
export function summaryLines(summary: Summary, locale: Locale): string[] {
  const word = words[locale]
  const rows = summary.items.slice(0, shownItems).map(({ nameMasked, idTail, amount }) => `${nameMasked} (ID ..${idTail})  ${amount.replace(/\B(?=(\d{3})+\.)/g, ',')} CNY`)
  const rest = summary.items.length - rows.length
  const facts = summary.facts.flatMap((fact) => {
    if (fact.kind === 'text' && fact.label === 'source') return [`${word.source}: ${fact.text === 'credit' ? word.credit : word['top-up']}`]
    return fact.kind === 'number' && fact.label === 'lot' ? [`${word.lot}: ${fact.number}`] : []
  })
  return [...rows, ...(rest > 0 ? [word.more(rest)] : []), ...facts]
}
