import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Answer } from '#contract/endpoint.ts'
import type { BarKey, IncentiveLine, queryLines } from '#contract/incentives.ts'
import { type Figure, fromMinor, toMinor } from '#contract/money.ts'
import { ApiError } from '#src/api/api-error.ts'
import { Button } from '#src/components/Button.tsx'
import { DataTable } from '#src/components/DataTable.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { isSet } from '#src/components/filter-types.ts'
import { MoneyText } from '#src/components/MoneyText.tsx'
import type { Selection } from '#src/components/use-selection.ts'
import { formatClock, formatDay, zoneName } from '#src/lib/format.ts'
import { lookupOf, lookupText } from '#src/lib/look-up-box.ts'
import { usePhone } from '#src/lib/use-media.ts'
import { useCan } from '#src/session/use-session.ts'
import { lineFilters, lineSortFilter } from './line-filters.ts'
import { whyNoFeedback } from './rules.ts'
import { useLineColumns, useOpenLine } from './use-line-columns.tsx'
import type { LineList } from './use-line-list.ts'

type Props = { lines: LineList; /** Whether all are of one statement. */ isOfStatement?: boolean; selection: Selection<IncentiveLine>; onExport: (ids: readonly string[]) => void; onFeedback: (line: IncentiveLine) => void }

/** Lines with their filters and the totals of all that match. Details open over the page in view. */
export function LinesTable({ lines, isOfStatement = false, selection, onExport, onFeedback }: Props) {
  const { t, i18n } = useTranslation()
  const isPhone = usePhone()
  const mayExport = useCan('data.export')
  const open = useOpenLine()
  const { list, result, lookup, setLookup, clear, isFiltered } = lines
  const columns = useLineColumns(result.data?.items ?? [], isOfStatement)
  const filters = lineFilters(lines, t, isOfStatement)
  const chosen = filters.filter(isSet)
  if (list.view !== undefined && result.error instanceof ApiError && result.error.failure.code === 'not_found') {
    return <EmptyState kind="no-match" title={t('incentives.view_gone')} text={t('incentives.lines_no_match_text')} onClear={clear} />
  }
  return (
    <>
      <Totals totals={result.data?.totals} bar={list.filter.bar} />
      <DataTable
        name="incentive-lines" label={t('incentives.lines')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.number} result={result} list={list}
        {...(mayExport && { selection })} selectionActions={<Button isSmall onPress={() => onExport(selection.rows.map((row) => row.id))}>{t('incentives.export_selected')}</Button>}
        filters={<FilterBar search={{ label: t('incentives.lines_search'), value: lookupText(lookup), onChange: (text) => setLookup(lookupOf(text)) }} filters={isPhone ? [...filters, lineSortFilter(lines, t)] : filters} inLine={Math.max(1, 4 - chosen.length)} onClear={clear} />}
        actions={(row) => <><Link className="row-action" to={open(row.id)} preventScrollReset>{t('common.details')}</Link><FeedbackAct line={row} onFeedback={onFeedback} /></>}
        actionsWidth={i18n.language === 'en-US' ? 148 : 124}
        empty={{ title: t('incentives.lines_empty_title'), text: t('incentives.lines_empty_text') }}
        noMatch={{ title: t('incentives.lines_no_match'), text: t('incentives.lines_no_match_text'), chips: chosen.map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
        isFiltered={isFiltered} onClear={clear}
        foot={result.data && t('incentives.foot', { time: `${formatDay(result.data.asOf)} ${formatClock(result.data.asOf)}`, zone: zoneName(result.data.asOf) })}
      />
    </>
  )
}

/** Figures that are taken off carry the minus, so that what is shown adds up to the net. */
const minus = (amount: Figure): Figure => fromMinor(-toMinor(amount))

function FeedbackAct({ line, onFeedback }: { line: IncentiveLine; onFeedback: (line: IncentiveLine) => void }) {
  const { t } = useTranslation()
  const why = whyNoFeedback(line)
  return <Button variant="row" disabledReason={why && t(`incentives.feedback.${why}`)} onPress={() => onFeedback(line)}>{t('incentives.feedback.act')}</Button>
}

/** What all lines that match come to, and what they add to the bar that was opened. Its room stands from the start, so that the list does not jump. */
function Totals({ totals, bar }: { totals: Answer<typeof queryLines>['totals'] | undefined; bar: BarKey | undefined }) {
  const { t } = useTranslation()
  const parts = [['incentive', totals?.incentive], ['excluded', totals && minus(totals.excluded)], ['tax', totals && minus(totals.tax)], ['adjustment', totals?.adjustment], ['net', totals?.net]] as const
  return (
    <section className="panel line-totals" aria-label={t('incentives.lines_totals')}>
      <p className="caption">{t('incentives.lines_totals')} <span className="quiet">· {t('incentives.lines_totals_how')}</span></p>
      <dl>
        {parts.map(([key, amount]) => <div key={key}><dt>{t(`incentives.field.${key}`)}</dt><dd>{amount === undefined ? <i className="skeleton" /> : <MoneyText amount={amount} />}</dd></div>)}
        {bar && <div><dt>{t('incentives.bar_total', { bar: t(`incentives.bar.${bar}`) })}</dt><dd className="strong">{totals ? <MoneyText amount={totals.bar} /> : <i className="skeleton" />}</dd></div>}
      </dl>
    </section>
  )
}
