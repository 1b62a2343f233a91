import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import * as z from 'zod/mini'
import type { Customer } from '#contract/customers.ts'
import { type LogEntry, LoggedOperation, LogResult, queryLog } from '#contract/operation-log.ts'
import { Day } from '#contract/page.ts'
import { listQuery } from '#src/api/query.ts'
import { DataTable } from '#src/components/DataTable.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { type Filter, isSet } from '#src/components/filter-types.ts'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { StatusTag, type Tone } from '#src/components/StatusTag.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { useListState } from '#src/components/use-list-state.ts'
import { translateKey } from '#src/i18n/i18n.ts'
import { formatFull, zoneName } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'

const OwnFilter = z.object({ from: z.optional(Day), to: z.optional(Day), operation: z.optional(LoggedOperation), result: z.optional(LogResult) })

/** What can be logged about a customer; the rest of the log concerns sign-ins, members and the company. */
const ofCustomers = LoggedOperation.options.filter((one) => /^(funds|data\.reveal$|customer)/.test(one))
const resultTone = { success: 'success', refused: 'warning', failed: 'danger' } as const satisfies Record<LogResult, Tone>

/** Who did what with this customer. */
export function LogTab({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const list = useListState({ filter: OwnFilter, prefix: 'log-' })
  const result = useQuery(listQuery(queryLog, { body: { page: list.page, pageSize: list.pageSize, filter: { ...list.filter, customerId: customer.id } } }))
  const columns = useColumns()
  const { from, to, operation, result: outcome } = list.filter
  const filters: Filter[] = [
    { kind: 'days', key: 'time', label: t('customer_page.log.time'), from, to, onChange: (range) => list.setFilter(range) },
    { kind: 'choice', key: 'operation', label: t('customer_page.log.operation'), value: operation, options: ofCustomers.map((value) => ({ value, label: operationText(value) })), onChange: (value) => list.setFilter({ operation: LoggedOperation.options.find((one) => one === value) }) },
    { kind: 'choice', key: 'result', label: t('customer_page.log.result'), value: outcome, options: LogResult.options.map((value) => ({ value, label: t(`customer_page.log.results.${value}`) })), onChange: (value) => list.setFilter({ result: LogResult.options.find((one) => one === value) }) },
  ]
  const first = result.data?.items[0]
  return (
    <DataTable
      name="operation-log" label={t('customer_page.log.label')} columns={columns} rowKey={(entry) => entry.id} rowLabel={(entry) => formatFull(entry.at)} result={result} list={list}
      filters={<FilterBar filters={filters} onClear={list.clearFilter} />}
      actions={(entry) => <Link className="row-action" to={paths.operationLog({ customerNumber: customer.number, open: entry.id })}>{t('common.details')}</Link>} actionsWidth={80}
      empty={{ title: t('customer_page.log.never'), text: t('customer_page.log.never_text') }}
      noMatch={{ chips: filters.filter(isSet).map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
      foot={<>{first && zoneName(first.at)} <Link to={paths.operationLog({ customerNumber: customer.number })}>{t('customer_page.log.all')}</Link></>}
    />
  )
}

const operationText = (operation: LoggedOperation): string => translateKey(`log.operation.${operation.replace('.', '_')}`, { fallback: operation })

function useColumns(): readonly Column<LogEntry>[] {
  const { t } = useTranslation()
  return [
    { key: 'at', header: t('customer_page.log.time'), width: 124, isFixed: true, cell: (entry) => <Time at={entry.at} /> },
    { key: 'operation', header: t('customer_page.log.operation'), width: 160, card: 'lead', isFixed: true, cell: (entry) => <span className="strong">{operationText(entry.operation)}</span> },
    { key: 'operator', header: t('customer_page.log.operator'), width: 90, isFixed: true, cell: (entry) => entry.operatorMasked ?? <span className="quiet">{t('customer_page.log.system')}</span> },
    { key: 'object', header: t('customer_page.log.object'), width: 160, isFixed: true, cell: (entry) => entry.objectNumber ?? <span className="quiet">–</span> },
    { key: 'amount', header: t('customer_page.log.amount'), width: 120, isNumber: true, isFixed: true, cell: (entry) => <MoneyText amount={entry.amount} /> },
    { key: 'result', header: t('customer_page.log.result'), width: 96, card: 'state', isFixed: true, cell: (entry) => <StatusTag tone={resultTone[entry.result]} isPlain={entry.result === 'success'}>{t(`customer_page.log.results.${entry.result}`)}</StatusTag> },
    { key: 'confirmedBy', header: t('customer_page.log.confirmed_by'), width: 110, isFixed: true, cell: (entry) => t(`customer_page.log.confirmed.${entry.confirmedBy}`) },
  ]
}
