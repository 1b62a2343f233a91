import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import * as z from 'zod/mini'
import { type Customer, FundsSource } from '#contract/customers.ts'
import { type Adjustment, AdjustmentKind, AdjustmentSort, queryAdjustments } from '#contract/funds.ts'
import { Day } from '#contract/page.ts'
import { listQuery } from '#src/api/query.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { DataTable } from '#src/components/DataTable.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { type Filter, isSet } from '#src/components/filter-types.ts'
import { Icon } from '#src/components/Icon.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { useListState } from '#src/components/use-list-state.ts'
import { paths } from '#src/paths.ts'

const OwnFilter = z.object({ kind: z.optional(AdjustmentKind), source: z.optional(FundsSource), from: z.optional(Day), to: z.optional(Day) })

/** What was given to this customer and taken back from it. */
export function CustomerAdjustments({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const list = useListState({ filter: OwnFilter, sort: { options: AdjustmentSort.options, initial: '-at' }, prefix: 'adj-' })
  const result = useQuery(listQuery(queryAdjustments, { body: { page: list.page, pageSize: list.pageSize, sort: list.sort, filter: { ...list.filter, customerId: customer.id } } }))
  const columns = useColumns()
  const { kind, source, from, to } = list.filter
  const filters: Filter[] = [
    { kind: 'choice', key: 'kind', label: t('customer_page.adjustment.kind'), value: kind, options: AdjustmentKind.options.map((value) => ({ value, label: t(`customer_page.adjustment_kind.${value}`) })), onChange: (value) => list.setFilter({ kind: AdjustmentKind.options.find((one) => one === value) }) },
    { kind: 'choice', key: 'source', label: t('customer_page.adjustment.source'), value: source, options: FundsSource.options.map((value) => ({ value, label: t(`customer_page.source.${value}`) })), onChange: (value) => list.setFilter({ source: FundsSource.options.find((one) => one === value) }) },
    { kind: 'days', key: 'time', label: t('customer_page.adjustment.time'), from, to, onChange: (range) => list.setFilter(range) },
  ]
  return (
    <DataTable
      name="adjustments" label={t('customer_page.adjustments')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.number} result={result} list={list}
      filters={<FilterBar filters={filters} onClear={list.clearFilter} />}
      actions={(row) => <Link className="row-action" to={paths.adjustment(row.id)}>{t('common.details')}</Link>} actionsWidth={80}
      empty={{ title: t('customer_page.adjustments_never'), text: t('customer_page.adjustments_never_text') }}
      noMatch={{ title: t('customer_page.adjustments_no_match'), chips: filters.filter(isSet).map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
      foot={t('customer_page.amounts_foot')}
    />
  )
}

function useColumns(): readonly Column<Adjustment>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'number', header: t('customer_page.adjustment.number'), width: 172, card: 'lead', isFixed: true, cell: (row) => (
        <span className="stack">
          <span className="cell"><span>{row.number}</span><CopyButton text={row.number} what={t('customer_page.adjustment.number')} /></span>
          {row.batchNumber && <span>{t('customer_page.batch_number', { number: row.batchNumber })}</span>}
        </span>
      ),
    },
    { key: 'at', header: t('customer_page.adjustment.time'), width: 120, sort: 'at', isFixed: true, cell: (row) => <Time at={row.at} /> },
    { key: 'kind', header: t('customer_page.adjustment.kind'), width: 110, card: 'state', isFixed: true, cell: (row) => <Kind row={row} /> },
    { key: 'source', header: t('customer_page.adjustment.source'), width: 120, isFixed: true, cell: (row) => t(`customer_page.source.${row.source}`) },
    { key: 'amount', header: t('customer_page.adjustment.amount'), width: 116, isNumber: true, sort: 'amount', isFixed: true, cell: (row) => <MoneyText amount={row.amount} isStrong /> },
    { key: 'balance', header: t('customer_page.adjustment.balance'), width: 210, isNumber: true, card: 'full', isFixed: true, cell: (row) => <><MoneyText amount={row.balanceBefore} /> → <MoneyText amount={row.balanceAfter} /></> },
    { key: 'lots', header: t('customer_page.adjustment.lots'), width: 144, isFixed: true, cell: (row) => <LotsOf row={row} /> },
    { key: 'operator', header: t('customer_page.adjustment.operator'), width: 84, isFixed: true, cell: (row) => row.operatorMasked },
  ]
}

function Kind({ row }: { row: Adjustment }) {
  const { t } = useTranslation()
  const direction = row.kind === 'allocate' ? 'in' : 'out'
  return <span className={`kind ${direction}`}><Icon name={direction} />{t(`customer_page.adjustment_kind.${row.kind}`)}</span>
}

function LotsOf({ row }: { row: Adjustment }) {
  const { t } = useTranslation()
  const [only] = row.lots
  if (!only) return <span className="quiet">–</span>
  return <span title={row.lots.map((lot) => lot.number).join(' ')}>{row.lots.length === 1 ? only.number : t('customer_page.lots_count', { count: row.lots.length })}</span>
}
