import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Answer } from '#contract/endpoint.ts'
import type { queryRevealRecords } from '#contract/operation-log.ts'
import { DataTable } from '#src/components/DataTable.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { type Filter, isSet } from '#src/components/filter-types.ts'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { zoneName } from '#src/lib/format.ts'
import { CustomerCell } from './CustomerCell.tsx'
import { pageText } from './details.ts'
import { customerNumberFilter } from './operation-filters.ts'
import { RevealSummary } from './RevealSummary.tsx'
import { type Reveals, useOperatorOptions } from './use-logs.ts'

type Row = Answer<typeof queryRevealRecords>['items'][number]

/** Who looked at which full value, and how much each person looked at this month. */
export function RevealsList({ reveals: { list, result } }: { reveals: Reveals }) {
  const { t } = useTranslation()
  const columns = useRevealColumns()
  const { filter, setFilter } = list
  const filters: Filter[] = [
    { kind: 'days', key: 'at', label: t('log.field.at'), from: filter.from, to: filter.to, onChange: ({ from, to }) => setFilter({ from, to }) },
    { kind: 'choice', key: 'operator', label: t('log.field.operator'), options: useOperatorOptions(), value: filter.operatorId, onChange: (operatorId) => setFilter({ operatorId }) },
    customerNumberFilter(filter.customerNumber, (customerNumber) => setFilter({ customerNumber }), t),
  ]
  return (
    <>
      {result.data && <RevealSummary summary={result.data.summary} />}
      <DataTable
        name="reveal-records" label={t('log.reveal_list')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.subject.nameMasked} result={result} list={list}
        filters={<FilterBar filters={filters} inLine={3} onClear={list.clearFilter} />}
        empty={{ title: t('log.reveals_empty_title'), text: t('log.reveals_empty_text') }}
        noMatch={{ title: t('log.reveals_no_match'), chips: filters.filter(isSet).map((one) => <SetFilter key={one.key} filter={one} />) }}
        foot={result.data && t('log.foot_reveals', { zone: zoneName(new Date(result.dataUpdatedAt).toISOString()) })}
      />
    </>
  )
}

function useRevealColumns(): Column<Row>[] {
  const { t } = useTranslation()
  return [
    { key: 'at', header: t('log.field.at'), width: 108, isFixed: true, cell: (row) => <span className="second"><Time at={row.at} /></span> },
    { key: 'operator', header: t('log.field.operator'), width: 90, card: 'state', cell: (row) => row.operatorMasked },
    { key: 'kind', header: t('log.field.subject_kind'), width: 84, card: 'skip', cell: (row) => t(`log.object.${row.subject.kind}`) },
    { key: 'subject', header: t('log.field.subject'), width: 150, card: 'lead', isFixed: true, cell: (row) => <CustomerCell customer={{ ...row.subject, id: row.subject.kind === 'customer' ? row.subject.id : null }} /> },
    { key: 'field', header: t('log.field.field'), width: 130, cell: (row) => t(`log.reveal_field.${row.field}`) },
    { key: 'page', header: t('log.field.page'), width: 130, cell: (row) => pageText(row.page) },
  ]
}
