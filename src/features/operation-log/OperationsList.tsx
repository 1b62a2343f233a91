import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useSearchParams } from 'react-router'
import type { LogEntry } from '#contract/operation-log.ts'
import { DataTable } from '#src/components/DataTable.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { isSet } from '#src/components/filter-types.ts'
import { formatFull, zoneName } from '#src/lib/format.ts'
import { EntryDrawer } from './EntryDrawer.tsx'
import { operationKey } from './labels.ts'
import { operationFilters } from './operation-filters.ts'
import { useOperationColumns } from './use-operation-columns.tsx'
import { type Operations, useOperatorOptions } from './use-logs.ts'

/** The operations; the details of one open beside the list and stand in the address. */
export function OperationsList({ operations }: { operations: Operations }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const columns = useOperationColumns()
  const filters = operationFilters(operations, useOperatorOptions(), t)
  const { list, result } = operations
  return (
    <>
      <DataTable
        name="operation-log" label={t('log.list')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => t(operationKey[row.operation])} result={result} list={list}
        filters={<FilterBar search={{ label: t('log.search_number'), value: list.filter.objectNumber ?? '', onChange: (text) => list.setFilter({ objectNumber: text === '' ? undefined : text }) }} filters={filters} inLine={4} onClear={list.clearFilter} />}
        actions={(row) => <DetailsLink row={row} search={search} />} actionsWidth={76}
        empty={{ title: t('log.empty_title'), text: t('log.empty_text') }}
        noMatch={{ title: t('log.no_match'), chips: filters.filter(isSet).map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
        foot={result.data && t('log.foot', { zone: zoneName(new Date(result.dataUpdatedAt).toISOString()) })}
      />
      <EntryDrawer />
    </>
  )
}

function DetailsLink({ row, search }: { row: LogEntry; search: URLSearchParams }) {
  const { t } = useTranslation()
  const to = new URLSearchParams(search)
  to.set('open', row.id)
  return <Link className="row-action" to={{ search: to.toString() }} preventScrollReset aria-label={t('log.details_of', { operation: t(operationKey[row.operation]), time: formatFull(row.at) })}>{t('log.details')}</Link>
}
