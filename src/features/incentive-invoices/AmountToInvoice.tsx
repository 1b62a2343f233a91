import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Derivation as DerivationOf } from '#contract/incentive-invoices.ts'
import { type Amount, fromMinor, toMinor } from '#contract/money.ts'
import { BigFigure } from '#src/components/BigFigure.tsx'
import { Ledger } from '#src/components/Ledger.tsx'
import { formatMoney, formatMonth } from '#src/lib/format.ts'

type Props = { toInvoice: Amount; notice: Amount; derivation: DerivationOf | null }

/** The one amount that is taken, and how it follows where it is not simply that of the notice. */
export function AmountToInvoice({ toInvoice, notice, derivation }: Props) {
  const { t } = useTranslation()
  return (
    <section className="to-invoice" aria-label={t('incentive_invoices.form.amount')}>
      <p className="second">{t('incentive_invoices.form.amount')}</p>
      <BigFigure amount={toInvoice} />
      <p className="caption">{t('incentive_invoices.form.exactly')}</p>
      {derivation && <Derivation derivation={derivation} notice={notice} toInvoice={toInvoice} />}
    </section>
  )
}

/** The sum, line by line. */
export function Derivation({ derivation, notice, toInvoice }: { derivation: DerivationOf; notice: Amount; toInvoice: Amount }) {
  const { t } = useTranslation()
  const lines = derivation.lines.map((line) => ({ key: line.statementNumber, amount: line.toInvoice, label: <LineLabel line={line} /> }))
  const difference = toMinor(toInvoice) - toMinor(notice)
  return (
    <section className="derivation" aria-label={t('incentive_invoices.derivation.title')}>
      <h3>{t('incentive_invoices.derivation.title')}</h3>
      <Ledger
        lines={lines} sum={{ label: t('incentive_invoices.derivation.sum'), amount: toInvoice }}
        note={t('incentive_invoices.derivation.note', { status: t(`business.taxpayer.${derivation.status}`), rate: derivation.rate })}
      />
      {difference !== 0n && <p className="caption">{t('incentive_invoices.derivation.notice')} {formatMoney(notice)} · {t('incentive_invoices.derivation.difference')} {formatMoney(fromMinor(difference))}</p>}
    </section>
  )
}

function LineLabel({ line: { statementNumber, period, notice, net, tax } }: { line: DerivationOf['lines'][number] }) {
  const { t } = useTranslation()
  const number = { number: statementNumber, period: formatMonth(period) }
  return <>{net === null || tax === null ? t('incentive_invoices.derivation.line', number) : t('incentive_invoices.derivation.line_net', { ...number, notice: formatMoney(notice), net: formatMoney(net), tax: formatMoney(tax) })}</>
}
