import './cases.css'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import * as z from 'zod/mini'
import { type Case, CaseState, queryCases } from '#contract/company.ts'
import { listQuery } from '#src/api/query.ts'
import { DataTable } from '#src/components/DataTable.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { type Filter, isSet } from '#src/components/filter-types.ts'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { useListState } from '#src/components/use-list-state.ts'
import { formatCount, zoneName } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { CaseActions } from './CaseActions.tsx'
import { CaseDrawer } from './CaseDrawer.tsx'
import { CaseStateTag } from './CaseStateTag.tsx'

const CaseFilter = z.strictObject({ state: z.optional(CaseState) })

/** What was sent in for role and capability certification: to look at, and to take the material. */
export function CasesPage() {
  const { t } = useTranslation()
  const mayView = useCan('partner.settings')
  if (mayView) return <Cases />
  return <Page name="cases"><PageHead title={t('partner_documents.cases.title')} /><EmptyState kind="no-right" title={t('partner_documents.cases.no_right_title')} text={t('partner_documents.cases.no_right_text')} /></Page>
}

function Cases() {
  const { t } = useTranslation()
  const list = useListState({ filter: CaseFilter })
  const result = useQuery(listQuery(queryCases, { body: { page: list.page, pageSize: list.pageSize, ...list.filter } }))
  const columns = useColumns()
  const filters: Filter[] = [{
    kind: 'choice', key: 'state', label: t('partner_documents.cases.state'), value: list.filter.state, options: CaseState.options.map((value) => ({ value, label: t(`partner_documents.cases.states.${value}`) })),
    onChange: (value) => list.setFilter({ state: CaseState.options.find((one) => one === value) }),
  }]
  const total = result.data?.total
  const [first] = result.data?.items ?? []
  return (
    <Page name="cases">
      <PageHead
        title={t('partner_documents.cases.title')} crumb={{ to: paths.profile('company'), label: t('profile.title') }}
        count={total === undefined ? undefined : t(list.isFiltered ? 'partner_documents.cases.count_filtered' : 'partner_documents.cases.count', { count: total, replace: { count: formatCount(total) } })}
      />
      <DataTable
        name="cases" label={t('partner_documents.cases.list')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.name} result={result} list={list}
        filters={<FilterBar filters={filters} onClear={list.clearFilter} />} actions={(row) => <CaseActions row={row} />} actionsWidth={t('partner_documents.cases.material').length > 6 ? 164 : 132}
        empty={{ title: t('partner_documents.cases.empty_title'), text: t('partner_documents.cases.empty_text') }}
        noMatch={{ title: t('partner_documents.cases.no_match'), chips: filters.filter(isSet).map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
        foot={first && t('partner_documents.cases.foot', { zone: zoneName(first.submittedAt) })}
      />
      <CaseDrawer rows={result.data?.items} />
    </Page>
  )
}

function useColumns(): Column<Case>[] {
  const { t } = useTranslation()
  return [
    { key: 'name', header: t('partner_documents.cases.name'), width: 280, card: 'lead', isFixed: true, cell: (row) => <span className="case-name">{row.name}</span> },
    { key: 'kind', header: t('partner_documents.cases.kind'), width: 160, cell: (row) => t(`partner_documents.cases.kinds.${row.kind}`) },
    { key: 'submittedAt', header: t('partner_documents.cases.submitted_at'), width: 140, cell: (row) => <Time at={row.submittedAt} /> },
    { key: 'state', header: t('partner_documents.cases.state'), width: 120, card: 'state', cell: (row) => <CaseStateTag state={row.state} /> },
    { key: 'reason', header: t('partner_documents.cases.reason'), width: 280, card: 'full', cell: (row) => (row.state === 'REJECTED' ? <span className="case-reason">{row.reason ?? t('partner_documents.cases.no_reason')}</span> : <span className="quiet">–</span>) },
  ]
}
