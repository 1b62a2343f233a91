import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import * as z from 'zod/mini'
import { type Assignment, queryAssignments } from '#contract/assignments.ts'
import { Id } from '#contract/page.ts'
import { listQuery } from '#src/api/query.ts'
import { ColumnEye } from '#src/components/ColumnEye.tsx'
import { DataTable } from '#src/components/DataTable.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { type Filter, isSet } from '#src/components/filter-types.ts'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { NumberText } from '#src/components/NumberText.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { type ListState, useListState } from '#src/components/use-list-state.ts'
import { serverNow } from '#src/lib/clock.ts'
import { zoneName } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { asOptions, useChoices } from './use-choices.ts'

const HistoryFilter = z.strictObject({ managerId: z.optional(Id), customerId: z.optional(Id), state: z.optional(z.enum(['present', 'ended'])) })
type HistoryFilter = z.infer<typeof HistoryFilter>

/** Every stretch of time in which a customer was a manager's. */
export function HistoryTab() {
  const { t } = useTranslation()
  const list = useListState({ filter: HistoryFilter })
  const result = useQuery(listQuery(queryAssignments, { body: { page: list.page, pageSize: list.pageSize, ...list.filter } }))
  const { managers } = useChoices()
  const rows = result.data?.items ?? []
  const filters = historyFilters(list, managers, rows, t)
  return (
    <DataTable
      name="assignments" label={t('assignments.records.list')} columns={useColumns(rows)} rowKey={(row) => row.id} rowLabel={(row) => `${row.customer.nameMasked} ${row.customer.number}`} result={result} list={list}
      filters={<FilterBar filters={filters} inLine={3} onClear={list.clearFilter} />}
      empty={{ title: t('assignments.records.empty_title'), text: t('assignments.records.empty_text') }}
      noMatch={{ title: t('assignments.records.no_match'), chips: filters.filter(isSet).map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
      foot={t('assignments.records.foot', { zone: zoneName(new Date(serverNow()).toISOString()) })}
    />
  )
}

/** One customer or a manager who is no longer active is no choice of the lists; coming from its page sets it, and it can be taken away. */
function historyFilters({ filter, setFilter }: ListState<HistoryFilter, never>, managers: readonly { id: string; nameMasked: string }[], rows: readonly Assignment[], t: TFunction): Filter[] {
  const { managerId, customerId, state } = filter
  const former = managers.some(({ id }) => id === managerId) ? undefined : rows.find((row) => row.manager.id === managerId)?.manager
  return [
    { kind: 'choice', key: 'manager', label: t('assignments.manager'), options: [...asOptions(managers), ...(former ? asOptions([former]) : [])], value: managerId, onChange: (next) => setFilter({ managerId: next }) },
    {
      kind: 'choice', key: 'state', label: t('assignments.records.state'), options: (['present', 'ended'] as const).map((value) => ({ value, label: t(`assignments.records.states.${value}`) })), value: state,
      onChange: (next) => setFilter({ state: next === 'present' || next === 'ended' ? next : undefined }),
    },
    ...(customerId === undefined ? [] : [{
      kind: 'choice' as const, key: 'customer', label: t('assignments.records.customer'), value: customerId, onChange: (next: string | undefined) => setFilter({ customerId: next }),
      options: [{ value: customerId, label: rows.find((row) => row.customer.id === customerId)?.customer.number ?? t('assignments.records.this_customer') }],
    }]),
  ]
}

function useColumns(rows: readonly Assignment[]): Column<Assignment>[] {
  const { t, i18n } = useTranslation()
  const isEnglish = i18n.language === 'en-US'
  const name = t('assignments.records.customer')
  return [
    { key: 'customer', header: name, tools: <ColumnEye ids={[...new Set(rows.map((row) => row.customer.id))]} fields={['name']} column={name} />, width: isEnglish ? 160 : 150, card: 'lead', isFixed: true, cell: (row) => <Customer row={row} /> },
    { key: 'number', header: t('assignments.records.number'), width: 130, cell: (row) => <NumberText number={row.customer.number} what={t('assignments.records.number')} /> },
    { key: 'manager', header: t('assignments.manager'), width: isEnglish ? 130 : 96, isFixed: true, cell: (row) => row.manager.nameMasked },
    { key: 'assignedAt', header: t('assignments.records.assigned_at'), width: isEnglish ? 168 : 150, cell: (row) => <Moment at={row.assignedAt} how={row.how} by={row.byMasked} /> },
    { key: 'endedAt', header: t('assignments.records.ended_at'), width: isEnglish ? 168 : 150, cell: (row) => (row.endedAt ? <Moment at={row.endedAt} how={row.endedHow} by={row.endedByMasked} /> : t('assignments.records.present')) },
    { key: 'counts', header: t('assignments.records.counts'), width: 208, cell: (row) => <Counted row={row} /> },
  ]
}

function Customer({ row }: { row: Assignment }) {
  const { t } = useTranslation()
  const seesCustomers = useCan('customer.view')
  return (
    <MaskedText id={row.customer.id} field="name" masked={row.customer.nameMasked} label={t('assignments.managed.customer_name')}>
      {(text) => (seesCustomers ? <Link data-open to={paths.customer(row.customer.id)}>{text}</Link> : text)}
    </MaskedText>
  )
}

/** When, how and by whom it began or ended. */
function Moment({ at, how, by }: { at: string; how: Assignment['endedHow']; by: Assignment['byMasked'] }) {
  const { t } = useTranslation()
  return <span className="stack"><span><Time at={at} /></span><span>{how && t(`assignments.records.how_of.${how}`)}{by && ` · ${by}`}</span></span>
}

/** The days whose figures counted; none where it ended before it began to count. */
function Counted({ row: { countsFrom, countsTo } }: { row: Assignment }) {
  const { t } = useTranslation()
  if (countsTo === null) return t('assignments.records.open_end', { from: countsFrom })
  return countsTo < countsFrom ? <span className="quiet">{t('assignments.records.counted_nothing')}</span> : t('assignments.records.range', { from: countsFrom, to: countsTo })
}
