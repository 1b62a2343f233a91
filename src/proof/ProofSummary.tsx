import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Amount } from '#contract/money.ts'
import type { Fact, Note, Summary } from '#contract/proofs.ts'
import { formatCount, formatMoney } from '#src/lib/format.ts'
import { Icon } from '#src/components/Icon.tsx'
import { translateKey } from '#src/i18n/i18n.ts'
import { totalOf, useTotalLabel } from './use-verb.ts'

/** What will happen, as the server froze it: total, count, largest; the rows; what surrounds it; a consequence if there is one. */
export function ProofSummary({ summary }: { summary: Summary }) {
  const { t } = useTranslation()
  const totalLabel = useTotalLabel(summary)
  const total = totalOf(summary)
  const rows: { nameMasked: string; idTail: string; amount: Amount; number?: string }[] = summary.items.length > 0 ? summary.items : summary.notes.flatMap((note) => (note.kind === 'expected' ? note.items : []))
  const changes = summary.notes.filter((note) => note.kind === 'change')
  const hasCoupons = summary.facts.some((fact) => fact.kind === 'count' && fact.label === 'coupon_count')
  const source = summary.facts.find((fact) => fact.kind === 'text' && fact.label === 'source')
  const facts = summary.facts.filter((fact) => !isShownAbove(fact, summary))
  return (
    <>
      <section className="frozen" aria-label={totalLabel || t('proof.title_code')}>
        {total && (
          <div className="total">
            <div><span className="caption">{totalLabel}</span><p className="figure">{formatMoney(total)}<small>{t('common.unit')}</small></p></div>
            {summary.count > 1 && (
              <dl>
                <div><dt>{t(summary.operation === 'coupon.quota.reclaim' ? 'proof.fact.quota_count' : hasCoupons ? 'proof.fact.coupon_count' : summary.operation === 'coupon.quota.issue' ? 'proof.resellers' : 'proof.customers')}</dt><dd>{formatCount(summary.count)}</dd></div>
                {summary.largest && <div><dt>{t('proof.largest')}</dt><dd>{formatMoney(summary.largest)}</dd></div>}
              </dl>
            )}
          </div>
        )}
        {rows.length > 0 && (
          <div className="rows" {...(rows.length > 6 && { tabIndex: 0, role: 'region', 'aria-label': t('proof.rows') })}>
            <table aria-label={t('proof.rows')}>
              <tbody>
                {rows.map((item, index) => (
                  <tr key={`${item.idTail} ${index}`}>
                    <td>{item.number !== undefined && <span className="quiet">{item.number} </span>}{item.nameMasked} <span className="quiet">{t('proof.id_tail', { tail: item.idTail })}</span></td>
                    <td className="num">{formatMoney(item.amount)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {facts.map((fact, index) => <FactLine key={`${fact.label} ${index}`} fact={fact} />)}
        {changes.map((note, index) => <ChangeLine key={`${note.label} ${index}`} note={note} source={source} />)}
      </section>
      {summary.notes.map((note) => note.kind === 'notice' && <NoticeLine key={note.notice} note={note} />)}
    </>
  )
}

/** The figures on top and the rows say it already. */
function isShownAbove(fact: Fact, summary: Summary): boolean {
  switch (fact.kind) {
    case 'money': return fact.amount === summary.total || fact.amount === summary.largest
    case 'count': return fact.count === summary.count
    case 'party': return summary.items.length > 0
    case 'number': return summary.notes.some((note) => note.kind === 'expected' && note.items.some(({ number }) => number === fact.number))
    case 'text': return false
  }
}

function FactLine({ fact }: { fact: Fact }) {
  const { t } = useTranslation()
  const value = (): string => {
    switch (fact.kind) {
      case 'money': return formatMoney(fact.amount)
      case 'count': return formatCount(fact.count)
      case 'party': return `${fact.nameMasked} ${t('proof.id_tail', { tail: fact.idTail })}`
      case 'text': return translateKey(`proof.text.${fact.text.replaceAll('.', '_')}`, { fallback: fact.text })
      case 'number': return fact.number
    }
  }
  return <p className="after"><span>{translateKey(`proof.fact.${fact.label.replaceAll('.', '_')}`, { fallback: fact.label })}</span><b>{value()}</b></p>
}

/** @param source the account that the money comes from, where the summary names one: then its words stand for "own account". */
function ChangeLine({ note, source }: { note: Extract<Note, { kind: 'change' }>; source: Fact | undefined }) {
  const label = note.label === 'available' && source?.kind === 'text' ? source.text : note.label
  return (
    <p className="after">
      <span>{translateKey(`proof.note.${label.replaceAll('.', '_')}`, { fallback: note.label })}</span>
      <span>{formatMoney(note.from)} → <b>{formatMoney(note.to)}</b></span>
    </p>
  )
}

function NoticeLine({ note }: { note: Extract<Note, { kind: 'notice' }> }) {
  const text = translateKey(`proof.notice.${note.notice.replaceAll('.', '_')}`, { fallback: '', count: note.count })
  return text === '' ? null : <p className="hint"><Icon name="info" /><span>{text}</span></p>
}
