import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Freeze } from '#contract/incentives.ts'
import { ColumnEye } from '#src/components/ColumnEye.tsx'
import { DataTable } from '#src/components/DataTable.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { type Filter, isSet } from '#src/components/filter-types.ts'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { formatMonth, zoneName } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { CustomerCell } from './CustomerCell.tsx'
import { type FreezeList, freezeStates } from './use-freeze-list.ts'

/** Why something is frozen, since when, and when it is released. What was released stays listed. */
export function FreezesTable({ freezes: { list, result } }: { freezes: FreezeList }) {
  const { t } = useTranslation()
  const { filter, setFilter } = list
  const rows = result.data?.items ?? []
  const columns = useColumns(rows)
  const number = rows.find((row) => row.statement.id === filter.statementId)?.statement.number ?? t('incentives.field.statement')
  const filters: Filter[] = [
    { kind: 'choice', key: 'state', label: t('incentives.field.freeze_state'), value: filter.state, options: freezeStates.map((value) => ({ value, label: t(`incentives.freeze_state.${value}`) })), onChange: (value) => setFilter({ state: freezeStates.find((one) => one === value) }) },
    ...(filter.statementId ? [{ kind: 'choice' as const, key: 'statement', label: t('incentives.field.statement'), value: filter.statementId, options: [{ value: filter.statementId, label: number }], onChange: (statementId: string | undefined) => setFilter({ statementId }) }] : []),
  ]
  const [first] = rows
  return (
    <DataTable
      name="incentive-freezes" label={t('incentives.freezes')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.statement.number} result={result} list={list}
      filters={<FilterBar filters={filters} onClear={list.clearFilter} />}
      empty={{ title: t('incentives.freezes_empty_title'), text: t('incentives.freezes_empty_text') }}
      noMatch={{ title: t('incentives.freezes_no_match'), chips: filters.filter(isSet).map((one) => <SetFilter key={one.key} filter={one} />) }}
      foot={first && t('incentives.foot_plain', { zone: zoneName(first.frozenAt) })}
    />
  )
}

function useColumns(rows: readonly Freeze[]): readonly Column<Freeze>[] {
  const { t } = useTranslation()
  const customer = t('incentives.field.customer')
  const customers = [...new Set(rows.flatMap((row) => (row.customer ? [row.customer.id] : [])))]
  return [
    { key: 'statement', header: t('incentives.field.statement'), width: 148, card: 'lead', isFixed: true, cell: ({ statement }) => <span className="stack"><span><Link data-open to={paths.incentive(statement.id)}>{statement.number}</Link></span><span>{formatMonth(statement.period)}</span></span> },
    { key: 'reason', header: t('incentives.field.reason'), width: 300, card: 'full', isFixed: true, cell: (row) => <span className="stack wrap"><span>{t(`incentives.freeze_reason.${row.reason}`)}</span><span>{row.explanation}</span></span> },
    { key: 'customer', header: customer, tools: <ColumnEye ids={customers} fields={['name']} column={customer} />, width: 160, card: 'full', cell: (row) => <CustomerCell customer={row.customer} noCustomer={null} /> },
    { key: 'amount', header: t('incentives.field.frozen'), width: 120, isNumber: true, isFixed: true, cell: (row) => <span className="stack"><MoneyText amount={row.amount} isStrong /><span>{t('incentives.freeze_lines', { count: row.lines })}</span></span> },
    { key: 'frozenAt', header: t('incentives.field.frozen_at'), width: 104, cell: (row) => <Time at={row.frozenAt} /> },
    { key: 'state', header: t('incentives.field.released'), width: 232, card: 'state', isFixed: true, cell: (row) => <ReleaseCell row={row} /> },
  ]
}

/** Still frozen, released on a day to come, or released. */
function ReleaseCell({ row: { releasedAt, releasesOn } }: { row: Freeze }) {
  const { t } = useTranslation()
  if (releasedAt) return <span className="stack"><StatusTag isPlain>{t('incentives.freeze_state.released')}</StatusTag><span><Time at={releasedAt} /></span></span>
  return <span className="stack wrap"><span><StatusTag tone="warning">{t('incentives.freeze_state.frozen')}</StatusTag></span>{releasesOn && <span>{t('incentives.releases_on', { day: releasesOn })}</span>}</span>
}
