import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Transaction } from '#contract/funds.ts'
import { ColumnEye } from '#src/components/ColumnEye.tsx'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { Direction } from './Direction.tsx'

/** @param rows of the page in view, for the eye in the head. @returns the columns of an account's movements. */
export function useTransactionColumns(rows: readonly Transaction[]): readonly Column<Transaction>[] {
  const { t } = useTranslation()
  const counterparty = t('funds.field.counterparty')
  const customers = [...new Set(rows.flatMap((row) => row.counterparty?.customerId ?? []))]
  return [
    { key: 'at', header: t('funds.field.time'), width: 104, isFixed: true, cell: (row) => <span className="second"><Time at={row.at} /></span> },
    { key: 'number', header: t('funds.field.number'), width: 176, card: 'lead', isFixed: true, cell: (row) => <span className="cell"><span>{row.number}</span><CopyButton text={row.number} what={t('funds.field.number')} /></span> },
    { key: 'kind', header: t('funds.field.kind'), width: 104, card: 'state', isFixed: true, cell: (row) => <Direction isIn={row.in !== null}>{t(`funds.transaction_kind.${row.kind}`)}</Direction> },
    { key: 'in', header: t('funds.field.in'), width: 112, isNumber: true, cell: (row) => <MoneyText amount={row.in} isStrong /> },
    { key: 'out', header: t('funds.field.out'), width: 112, isNumber: true, cell: (row) => <MoneyText amount={row.out} isStrong /> },
    { key: 'balance', header: t('funds.field.balance_after'), width: 120, isNumber: true, cell: (row) => <MoneyText amount={row.balanceAfter} /> },
    { key: 'counterparty', header: counterparty, tools: <ColumnEye ids={customers} fields={['name']} column={counterparty} />, width: 150, cell: (row) => <CounterpartyCell row={row} /> },
    { key: 'related', header: t('funds.field.related'), width: 180, cell: (row) => <Related row={row} /> },
    { key: 'operator', header: t('funds.field.operator'), width: 80, cell: (row) => row.operatorMasked ?? <span className="quiet">–</span> },
  ]
}

/** One customer by its mask, several by their count; money that comes from nobody has none. */
function CounterpartyCell({ row: { counterparty } }: { row: Transaction }) {
  const { t } = useTranslation()
  const maySee = useCan('customer.view')
  if (!counterparty) return <span className="quiet">–</span>
  const { customerId, nameMasked, count } = counterparty
  if (count > 1) return t('funds.customers_count', { count })
  if (customerId === null || nameMasked === null) return <span className="quiet">{t('funds.outside_scope')}</span>
  return (
    <MaskedText id={customerId} field="name" masked={nameMasked} label={t('funds.field.counterparty')}>
      {(text) => (maySee ? <Link data-open to={paths.customer(customerId, 'funds')}>{text}</Link> : text)}
    </MaskedText>
  )
}

function Related({ row: { related } }: { row: Transaction }) {
  if (!related) return <span className="quiet">–</span>
  return <Link to={related.adjustmentId === null ? paths.adjustments({ number: related.number }) : paths.adjustment(related.adjustmentId)}>{related.number}</Link>
}
