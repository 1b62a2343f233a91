import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Payment } from '#contract/incentive-payments.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { Icon } from '#src/components/Icon.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { formatTime } from '#src/lib/format.ts'
import { useCan } from '#src/session/use-session.ts'
import { PaymentSteps } from './PaymentSteps.tsx'
import { Periods } from '#src/components/Periods.tsx'
import { useOpenAddress } from './use-open-address.ts'

/** @returns the list's columns. Widths fit a 1440 wide screen in both languages. */
export function usePaymentColumns(): readonly Column<Payment>[] {
  const { t } = useTranslation()
  return [
    { key: 'number', header: t('payments.field.number'), width: 164, card: 'lead', isFixed: true, cell: (row) => <NumberCell row={row} /> },
    { key: 'at', header: t('payments.field.at'), width: 108, sort: 'at', cell: (row) => <RequestedCell row={row} /> },
    { key: 'statements', header: t('payments.field.statements'), width: 136, cell: (row) => <StatementsCell row={row} /> },
    { key: 'option', header: t('payments.field.option'), width: 104, cell: (row) => t(`payments.option.${row.option}`) },
    { key: 'total', header: t('payments.field.total'), width: 104, isNumber: true, cell: (row) => <MoneyText amount={row.total} isStrong /> },
    { key: 'payout', header: t('payments.field.payout'), width: 116, isNumber: true, isHiddenByDefault: true, cell: (row) => <MoneyText amount={row.payout} /> },
    { key: 'state', header: t('payments.field.state'), width: 148, card: 'state', isFixed: true, cell: (row) => <StateCell row={row} /> },
    { key: 'steps', header: t('payments.field.steps'), width: 220, card: 'skip', isHiddenByDefault: true, cell: (row) => <StepDates row={row} /> },
    { key: 'reason', header: t('payments.field.reason'), width: 224, card: 'full', cell: (row) => <ReasonCell row={row} /> },
  ]
}

function NumberCell({ row }: { row: Payment }) {
  const { t } = useTranslation()
  const open = useOpenAddress()
  return <span className="cell"><span><Link data-open to={open(row.id)} preventScrollReset>{row.number}</Link></span><CopyButton text={row.number} what={t('payments.field.number')} /></span>
}

/** When, and by whom. */
function RequestedCell({ row: { at, isAutomatic, operatorMasked } }: { row: Payment }) {
  const { t } = useTranslation()
  return <span className="stack"><span className="second"><Time at={at} /></span><span>{isAutomatic ? t('payments.automatic_by') : operatorMasked}</span></span>
}

function StatementsCell({ row }: { row: Payment }) {
  const { t } = useTranslation()
  return <span className="stack"><span>{t('payments.statements', { count: row.statements })}</span><span><Periods from={row.periodFrom} to={row.periodTo} /></span></span>
}

/** How far it is, and since when. */
const StateCell = ({ row }: { row: Payment }) => <span className="stack"><PaymentSteps row={row} /><span><Time at={row.stateAt} /></span></span>

/** Why it was stopped, or why its invoice cannot be filled in yet. */
function ReasonCell({ row }: { row: Payment }) {
  const { t } = useTranslation()
  const mayInvoice = useCan('incentive.invoice')
  if (row.reason === null) return row.state === 'AWAITING_INVOICE' && mayInvoice && !row.may.invoice ? <span className="payment-reason second">{t('payments.list_waiting')}</span> : <span className="quiet">–</span>
  return <span className="payment-reason"><Icon name="danger" /><span>{row.reason}</span></span>
}

/** When each state was first reached. */
function StepDates({ row }: { row: Payment }) {
  const { t } = useTranslation()
  return <span className="step-dates">{row.steps.map(({ state, at }) => `${t(`payments.state.${state}`)} ${formatTime(at)}`).join(' · ')}</span>
}
