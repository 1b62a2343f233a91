import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import { ManagerFilter, ManagerSort, queryManagers } from '#contract/assignments.ts'
import type { Answer } from '#contract/endpoint.ts'
import { listQuery } from '#src/api/query.ts'
import { DataTable } from '#src/components/DataTable.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { type Filter, isSet } from '#src/components/filter-types.ts'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import type { Column } from '#src/components/table-types.ts'
import { type ListState, useListState } from '#src/components/use-list-state.ts'
import { formatClock, formatCount, zoneName } from '#src/lib/format.ts'
import { byCustomerNumber } from '#src/lib/look-up.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import type { OpenDialog } from './AssignmentsPage.tsx'
import { ManagerActions } from './ManagerActions.tsx'
import { asOptions, useChoices } from './use-choices.ts'

type Managers = Answer<typeof queryManagers>
type Row = Managers['items'][number]

/** The account managers with their figures, and what belongs to nobody. */
export function ManagersTab({ onOpen }: { onOpen: (dialog: OpenDialog) => void }) {
  const { t, i18n } = useTranslation()
  const list = useListState({ filter: ManagerFilter, sort: { options: ManagerSort.options, initial: '-customers' } })
  const result = useQuery(listQuery(queryManagers, { body: { page: list.page, pageSize: list.pageSize, sort: list.sort, filter: list.filter } }))
  const choices = useChoices()
  const mayAssign = useCan('org.assign')
  const filters = managerFilters(list, choices, t)
  const { data } = result
  return (
    <>
      {data && <Totals data={data} />}
      <DataTable
        name="managers" label={t('assignments.list')} columns={useColumns()} rowKey={(row) => row.manager.id} rowLabel={(row) => `${row.manager.nameMasked} ${row.login}`} result={result} list={list}
        filters={<FilterBar filters={filters} inLine={3} onClear={list.clearFilter} />}
        actions={(row) => <ManagerActions row={row} onOpen={onOpen} />} actionsWidth={(mayAssign ? 190 : 132) + (i18n.language === 'en-US' ? (mayAssign ? 86 : 34) : 0)}
        empty={{ title: t('assignments.empty_managers'), text: t('assignments.empty_managers_text') }}
        noMatch={{ title: t('assignments.no_match_managers'), chips: filters.filter(isSet).map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
        foot={data && t('assignments.foot', { time: `${formatClock(data.asOf).slice(0, 5)} (${zoneName(data.asOf)})` })}
      />
    </>
  )
}

function managerFilters({ filter, setFilter }: ListState<ManagerFilter, ManagerSort>, { managers, directors }: ReturnType<typeof useChoices>, t: TFunction): Filter[] {
  return [
    { kind: 'choice', key: 'manager', label: t('assignments.manager'), options: asOptions(managers), value: filter.managerId, onChange: (managerId) => setFilter({ managerId }) },
    { kind: 'choice', key: 'director', label: t('assignments.director'), options: [{ value: 'none', label: t('assignments.no_director') }, ...asOptions(directors)], value: filter.directorId, onChange: (directorId) => setFilter({ directorId }) },
    {
      kind: 'text', key: 'number', label: t('assignments.customer_number'), value: filter.customerNumber, hint: t('assignments.hint_number'),
      ...byCustomerNumber, onChange: (customerNumber) => setFilter({ customerNumber }),
    },
  ]
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation()
  return [
    { key: 'manager', header: t('assignments.manager'), width: 200, card: 'lead', isFixed: true, cell: (row) => <Manager row={row} /> },
    { key: 'director', header: t('assignments.director'), width: 120, cell: (row) => row.director?.nameMasked ?? <span className="quiet">{t('assignments.no_director')}</span> },
    { key: 'customers', header: t('assignments.customers'), width: 100, isNumber: true, sort: 'customers', cell: (row) => formatCount(row.customers) },
    { key: 'expenditure', header: t('assignments.month_expenditure'), width: 160, isNumber: true, sort: 'monthExpenditure', cell: (row) => <MoneyText amount={row.monthExpenditure} /> },
    { key: 'performance', header: t('assignments.month_performance'), width: 150, isNumber: true, cell: (row) => <MoneyText amount={row.monthPerformance} /> },
  ]
}

function Manager({ row }: { row: Row }) {
  const { t } = useTranslation()
  return (
    <span className="stack">
      <span><Link data-open to={paths.managed(row.manager.id)}>{row.manager.nameMasked}</Link>{!row.isActive && <> <StatusTag tone={row.customers > 0 ? 'warning' : 'neutral'}>{t('assignments.inactive')}</StatusTag></>}</span>
      <span>{row.login}</span>
    </span>
  )
}

/** What belongs to nobody, and everything together; for a director, whose managers are not all, only their sum. */
function Totals({ data }: { data: Managers }) {
  const { t } = useTranslation()
  const seesCustomers = useCan('customer.view')
  return (
    <dl className="assignment-totals" aria-label={t(data.unassigned ? 'assignments.totals' : 'assignments.all_mine')}>
      {(['unassigned', 'all'] as const).map((which) => {
        const figures = data[which]
        if (!figures) return null
        const { customers, monthExpenditure, monthPerformance } = figures
        const count = t('assignments.count', { count: customers, replace: { count: formatCount(customers) } })
        return (
          <div key={which}>
            <dt>{t(which === 'all' && !data.unassigned ? 'assignments.all_mine' : `assignments.${which}`)}</dt>
            <dd>{which === 'unassigned' && seesCustomers && customers > 0 ? <Link to={paths.customers({ manager: 'unassigned' })}>{count}</Link> : count}</dd>
            <dd><span>{t('assignments.month_expenditure')}</span> <MoneyText amount={monthExpenditure} /></dd>
            <dd><span>{t('assignments.month_performance')}</span> <MoneyText amount={monthPerformance} /></dd>
          </div>
        )
      })}
    </dl>
  )
}
