import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Statement } from '#contract/incentives.ts'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { DataTable } from '#src/components/DataTable.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { isSet } from '#src/components/filter-types.ts'
import type { Selection } from '#src/components/use-selection.ts'
import { formatClock, formatDay, formatMoney, formatMonth, zoneName } from '#src/lib/format.ts'
import { usePhone } from '#src/lib/use-media.ts'
import { useCan } from '#src/session/use-session.ts'
import { requestOf } from './request-of.ts'
import { type Bulk, bulkOf, isQuarterly, isRequestable, sumOf } from './rules.ts'
import { statementFilters, statementSortFilter } from './statement-filters.ts'
import { StatementActions } from './StatementActions.tsx'
import { useStatementColumns } from './use-statement-columns.tsx'
import type { StatementList } from './use-statement-list.ts'

type Props = { statements: StatementList; selection: Selection<Statement>; onConfirm: (ids: readonly string[]) => void; onExport: (ids: readonly string[]) => void }

/** Statements with their filters, ticks and the actions of each. */
export function StatementsTable({ statements: { list, result, choices, isProjects }, selection, onConfirm, onExport }: Props) {
  const { t, i18n } = useTranslation()
  const isPhone = usePhone()
  const columns = useStatementColumns()
  const [mayConfirm, mayRequest, mayExport] = [useCan('incentive.confirm'), useCan('incentive.request'), useCan('data.export')]
  const filters = statementFilters(list, choices, t, isProjects)
  const chosen = filters.filter(isSet)
  const next = result.data ? formatMonth(result.data.nextPeriod) : ''
  return (
    <DataTable
      name="incentive-statements" label={t('incentives.statements')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.number} result={result} list={list}
      {...((mayConfirm || mayRequest || mayExport) && { selection })}
      selectionText={t('incentives.selected_sum', { amount: formatMoney(sumOf(selection.rows.map((row) => row.amount))) })}
      selectionActions={<BulkActions rows={selection.rows} onConfirm={onConfirm} onExport={onExport} />}
      filters={<FilterBar search={{ label: t('incentives.hint_number'), value: list.filter.number ?? '', onChange: (number) => list.setFilter({ number: number || undefined }) }} filters={isPhone ? [...filters, statementSortFilter(list, t)] : filters} inLine={Math.max(1, 5 - chosen.length)} onClear={list.clearFilter} />}
      actions={(row) => <StatementActions row={row} onConfirm={(one) => onConfirm([one.id])} />} actionsWidth={i18n.language === 'en-US' ? 148 : 108}
      empty={{ title: t('incentives.empty_title'), text: t('incentives.empty_text', { period: next }) }}
      noMatch={{ title: t('incentives.no_match'), text: t('incentives.no_match_text', { period: next }), chips: chosen.map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
      foot={result.data && t('incentives.foot', { time: `${formatDay(result.data.asOf)} ${formatClock(result.data.asOf)}`, zone: zoneName(result.data.asOf) })}
    />
  )
}

/** What is possible with the ticked statements; a button says for how many of them. */
function BulkActions({ rows, onConfirm, onExport }: { rows: readonly Statement[] } & Pick<Props, 'onConfirm' | 'onExport'>) {
  const { t } = useTranslation()
  const [mayConfirm, mayRequest, mayExport] = [useCan('incentive.confirm'), useCan('incentive.request'), useCan('data.export')]
  const [confirm, request] = [bulkOf(rows, (row) => row.canConfirm), bulkOf(rows, (row) => isRequestable(row) && !isQuarterly(row))]
  const why = (bulk: Bulk, none: 'none_confirm' | 'none_request' | 'by_quarter') => (bulk.at === 'ready' ? undefined : t(`incentives.bulk.${bulk.at === 'none' ? none : 'too_many'}`))
  const count = (bulk: Bulk) => (bulk.at === 'ready' ? bulk.ids.length : 0)
  return (
    <>
      {mayConfirm && <Button isSmall disabledReason={why(confirm, 'none_confirm')} onPress={() => onConfirm(confirm.at === 'ready' ? confirm.ids : [])}>{confirm.at === 'ready' ? t('incentives.bulk.confirm', { count: count(confirm) }) : t('incentives.confirm')}</Button>}
      {mayRequest && <ButtonLink isSmall to={requestOf(request.at === 'ready' ? request.ids : [])} disabledReason={why(request, rows.some(isRequestable) ? 'by_quarter' : 'none_request')}>{request.at === 'ready' ? t('incentives.bulk.request', { count: count(request) }) : t('incentives.request')}</ButtonLink>}
      {mayExport && <Button isSmall className="only-desk" onPress={() => onExport(rows.map((row) => row.id))}>{t('incentives.export_selected')}</Button>}
    </>
  )
}
