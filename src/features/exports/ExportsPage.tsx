import './exports.css'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { ExportContent, ExportState, type ExportTask } from '#contract/exports.ts'
import { DataTable } from '#src/components/DataTable.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { type Filter, isSet } from '#src/components/filter-types.ts'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { formatCount, zoneName } from '#src/lib/format.ts'
import { useSession } from '#src/session/use-session.ts'
import { ExportActions } from './ExportActions.tsx'
import { FinishedNews } from './FinishedNews.tsx'
import { useExportColumns } from './use-export-columns.tsx'
import { type Exports, useExports } from './use-exports.ts'

const DeleteDialog = lazy(async () => ({ default: (await import('./DeleteDialog.tsx')).DeleteDialog }))

/** The files that were asked for: how far they are, and the way to get them. */
export function ExportsPage() {
  const { t } = useTranslation()
  const { member } = useSession()
  const exports = useExports()
  const [deleting, setDeleting] = useState<ExportTask>()
  const columns = useExportColumns()
  const filters = useFilters(exports)
  const { list, result } = exports
  const total = result.data?.total
  return (
    <Page name="exports">
      <PageHead
        title={t('exports.title')} count={total === undefined ? undefined : t(list.isFiltered ? 'exports.count_filtered' : 'exports.count', { count: total, replace: { count: formatCount(total) } })}
        meta={member.roles.includes('administrator') ? undefined : t('exports.own_only')}
      />
      <DataTable
        name="exports" label={t('exports.list')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.number} result={result} list={list}
        filters={<FilterBar filters={filters} inLine={2} onClear={list.clearFilter} />}
        actions={(row) => <ExportActions task={row} onDelete={() => setDeleting(row)} />} actionsWidth={t('exports.download').length > 4 ? 148 : 112}
        empty={{ title: t('exports.empty_title'), text: t('exports.empty_text') }}
        noMatch={{ title: t('exports.no_match'), chips: filters.filter(isSet).map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
        foot={result.data && t('exports.foot', { zone: zoneName(new Date(result.dataUpdatedAt).toISOString()) })}
      />
      <FinishedNews tasks={result.data?.items} />
      <Suspense>
        {deleting && <DeleteDialog task={deleting} onClose={() => setDeleting(undefined)} onDeleted={() => setTimeout(() => document.querySelector<HTMLElement>('h1')?.focus())} />}
      </Suspense>
    </Page>
  )
}

function useFilters({ list: { filter, setFilter } }: Exports): Filter[] {
  const { t } = useTranslation()
  return [
    {
      kind: 'choice', key: 'content', label: t('exports.field.content'), value: filter.content, options: ExportContent.options.map((value) => ({ value, label: t(`exports.content.${value}`) })),
      onChange: (value) => setFilter({ content: ExportContent.options.find((one) => one === value) }),
    },
    {
      kind: 'choice', key: 'state', label: t('exports.field.state'), value: filter.state, options: ExportState.options.map((value) => ({ value, label: t(`exports.state.${value}`) })),
      onChange: (value) => setFilter({ state: ExportState.options.find((one) => one === value) }),
    },
  ]
}
