import { useTranslation } from '#src/i18n/use-translation.ts'
import type { LogEntry } from '#contract/operation-log.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { CustomerCell } from './CustomerCell.tsx'
import { operationKey, resultTone } from './labels.ts'
import { ObjectNumber, shortNumber } from './ObjectNumber.tsx'

/** @returns the columns of the operations. */
export function useOperationColumns(): Column<LogEntry>[] {
  const { t } = useTranslation()
  return [
    { key: 'at', header: t('log.field.at'), width: 104, isFixed: true, card: 'value', cell: (row) => <span className="second"><Time at={row.at} /></span> },
    { key: 'operator', header: t('log.field.operator'), width: 76, cell: (row) => <Operator row={row} /> },
    { key: 'operation', header: t('log.field.operation'), width: 144, card: 'lead', isFixed: true, cell: (row) => <span className="log-name wrap">{t(operationKey[row.operation])}</span> },
    {
      key: 'object', header: t('log.field.object'), width: 168, cell: (row) => (row.objectKind === null ? <Dash /> : (
        <span className="stack"><span>{t(`log.object.${row.objectKind}`)}</span>{row.objectNumber !== null && row.objectNumber !== '' && <ObjectNumber kind={row.objectKind} number={row.objectNumber} />}</span>
      )),
    },
    { key: 'customer', header: t('log.field.customer'), width: 130, cell: (row) => (row.customer === null ? <Dash /> : <CustomerCell customer={row.customer} />) },
    { key: 'amount', header: t('log.field.amount'), width: 108, isNumber: true, cell: (row) => <MoneyText amount={row.amount} /> },
    { key: 'result', header: t('log.field.result'), width: 84, card: 'state', cell: (row) => <StatusTag {...resultTone[row.result]}>{t(`log.result.${row.result}`)}</StatusTag> },
    { key: 'confirmed', header: t('log.field.confirmed_by'), width: 92, cell: (row) => <span className={row.confirmedBy === 'none' ? 'quiet' : undefined}>{t(`log.confirmed.${row.confirmedBy}`)}</span> },
    { key: 'source', header: t('log.field.source'), width: 76, card: 'skip', cell: (row) => <span className="second wrap">{t(`log.source.${row.source}`)}</span> },
    {
      key: 'request', header: t('log.field.request'), width: 112, card: 'skip',
      cell: (row) => <span className="cell"><span className="code" title={row.requestId}>{shortNumber(row.requestId)}</span><CopyButton text={row.requestId} what={t('log.field.request')} /></span>,
    },
  ]
}

/** A person; else the system or the vendor; else nobody who is known. */
function Operator({ row }: { row: LogEntry }) {
  const { t } = useTranslation()
  if (row.operatorMasked) return row.operatorMasked
  return <span className="quiet wrap">{row.source === 'system' || row.source === 'vendor' ? t(`log.source.${row.source}`) : '–'}</span>
}

const Dash = () => <span className="quiet">–</span>
