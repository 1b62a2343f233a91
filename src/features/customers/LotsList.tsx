import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import * as z from 'zod/mini'
import { type Customer, FundsSource, listLots, type Lot, LotSort, LotState } from '#contract/customers.ts'
import { Day } from '#contract/page.ts'
import { listQuery } from '#src/api/query.ts'
import { DataTable } from '#src/components/DataTable.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { type Filter, isSet } from '#src/components/filter-types.ts'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { useListState } from '#src/components/use-list-state.ts'
import { formatMoney } from '#src/lib/format.ts'
import { LotNumber } from './LotNumber.tsx'
import { ReclaimLot } from './ReclaimLot.tsx'

const LotFilter = z.object({ source: z.optional(FundsSource), state: z.optional(LotState), from: z.optional(Day), to: z.optional(Day) })

/** All lots of a customer. */
export function LotsList({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const list = useListState({ filter: LotFilter, sort: { options: LotSort.options, initial: '-at' }, prefix: 'lot-' })
  const result = useQuery(listQuery(listLots, { params: { id: customer.id }, body: { page: list.page, pageSize: list.pageSize, sort: list.sort, ...list.filter } }))
  const columns = useLotColumns()
  const { source, state, from, to } = list.filter
  const filters: Filter[] = [
    { kind: 'choice', key: 'source', label: t('customer_page.lot.source'), value: source, options: FundsSource.options.map((value) => ({ value, label: t(`customer_page.source.${value}`) })), onChange: (value) => list.setFilter({ source: FundsSource.options.find((one) => one === value) }) },
    { kind: 'choice', key: 'state', label: t('customer_page.lot.state'), value: state, options: LotState.options.map((value) => ({ value, label: t(`customer_page.lot_state.${value}`) })), onChange: (value) => list.setFilter({ state: LotState.options.find((one) => one === value) }) },
    { kind: 'days', key: 'time', label: t('customer_page.lot.time'), from, to, onChange: (range) => list.setFilter(range) },
  ]
  return (
    <DataTable
      name="lots" label={t('customer_page.lots')} columns={columns} rowKey={(lot) => lot.id} rowLabel={(lot) => lot.number} result={result} list={list}
      filters={<FilterBar filters={filters} onClear={list.clearFilter} />}
      actions={(lot) => <ReclaimLot customer={customer} lot={lot} />} actionsWidth={124}
      empty={{ title: t('customer_page.lots_never'), text: t('customer_page.lots_never_text') }}
      noMatch={{ title: t('customer_page.lots_no_match'), chips: filters.filter(isSet).map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
      foot={result.data && t('customer_page.lots_foot', { amount: formatMoney(result.data.remaining) })}
    />
  )
}

function useLotColumns(): readonly Column<Lot>[] {
  const { t } = useTranslation()
  const money = (key: 'granted' | 'spent' | 'reclaimed' | 'remaining', more: Partial<Column<Lot>> = {}): Column<Lot> => (
    { key, header: t(`customer_page.lot.${key}`), width: 108, isNumber: true, cell: (lot) => <MoneyText amount={lot[key]} isStrong={key === 'remaining'} />, ...more })
  return [
    { key: 'number', header: t('customer_page.lot.number'), width: 160, card: 'lead', isFixed: true, cell: (lot) => <LotNumber number={lot.number} /> },
    { key: 'at', header: t('customer_page.lot.time'), width: 120, sort: 'at', cell: (lot) => <Time at={lot.at} /> },
    { key: 'source', header: t('customer_page.lot.source'), width: 110, cell: (lot) => t(`customer_page.source.${lot.source}`) },
    money('granted'), money('spent'), money('reclaimed'), money('remaining', { sort: 'remaining' }),
    { key: 'state', header: t('customer_page.lot.state'), width: 90, card: 'state', cell: (lot) => <StatusTag tone={lot.state === 'OPEN' ? 'success' : 'neutral'} isPlain>{t(`customer_page.lot_state.${lot.state}`)}</StatusTag> },
    { key: 'operator', header: t('customer_page.lot.operator'), width: 84, cell: (lot) => lot.operatorMasked },
  ]
}
