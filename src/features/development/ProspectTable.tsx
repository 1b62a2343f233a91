import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Prospect } from '#contract/prospects.ts'
import { Button } from '#src/components/Button.tsx'
import { DataTable } from '#src/components/DataTable.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { isSet } from '#src/components/filter-types.ts'
import type { Selection } from '#src/components/use-selection.ts'
import { serverNow } from '#src/lib/clock.ts'
import { zoneName } from '#src/lib/format.ts'
import { useNow } from '#src/lib/use-now.ts'
import { useCan, useSession } from '#src/session/use-session.ts'
import { rowWords } from './labels.ts'
import { ProspectActions } from './ProspectActions.tsx'
import type { OpenDialog } from './ProspectDialogs.tsx'
import { prospectFilters } from './prospect-filters.ts'
import { isWaiting, whyNotInvite } from './rules.ts'
import type { Desk } from './use-desk.ts'
import { useProspectColumns } from './use-prospect-columns.tsx'
import type { ProspectList } from './use-prospect-list.ts'
import { useWhyNotBatch } from './use-why-not-batch.ts'

type Props = { prospects: ProspectList; desk: Desk; selection: Selection<Prospect>; onOpen: (dialog: OpenDialog) => void }

/** The list with its filters, its ticked rows and the actions of each row. */
export function ProspectTable({ prospects, desk, selection, onOpen }: Props) {
  const { t, i18n } = useTranslation()
  const { list, result, lookup, setLookup, clear, isFiltered } = prospects
  const columns = useProspectColumns(result.data?.items ?? [], result.data?.lookupKinds ?? [])
  const filters = prospectFilters(prospects, t)
  const chosen = filters.filter(isSet)
  const empty = useEmpty(desk, () => onOpen({ at: 'report' }))
  const mayExport = useCan('prospect.export')
  return (
    <DataTable
      name="prospects" label={t('development.list')} columns={columns} rowKey={(row) => row.id} rowLabel={rowWords} result={result} list={list}
      {...((mayExport || desk.maySend) && { selection })} selectionText={<SelectionText selection={selection} desk={desk} />}
      selectionActions={<SelectionActions selection={selection} desk={desk} onOpen={onOpen} />}
      filters={<FilterBar search={{ label: t('development.search'), value: lookup?.name ?? '', onChange: (name) => setLookup({ ...lookup, name }) }} filters={filters} inLine={Math.max(1, 4 - chosen.length)} onClear={clear} />}
      actions={(row) => <ProspectActions row={row} desk={desk} onOpen={onOpen} />}
      actionsWidth={i18n.language === 'en-US' ? 142 : 154}
      empty={empty}
      noMatch={{ title: t('development.no_match'), text: t('development.no_match_text'), chips: chosen.map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
      isFiltered={isFiltered} onClear={clear}
      foot={t('development.foot', { zone: zoneName(new Date(serverNow()).toISOString()) })}
    />
  )
}

/** How many of the ticked ones can be invited, before anything is sent. */
function SelectionText({ selection, desk }: { selection: Selection<Prospect>; desk: Desk }) {
  const { t } = useTranslation()
  useNow(selection.rows.some(isWaiting))
  if (!desk.maySend) return null
  const ready = selection.rows.filter((row) => whyNotInvite(row, { maySend: true, block: desk.mailBlocked }, serverNow()) === undefined).length
  return ready === selection.count ? t('development.all_ready') : ready === 0 ? t('development.none_ready') : t('development.some_ready', { ready })
}

function SelectionActions({ selection, desk, onOpen }: Pick<Props, 'selection' | 'desk' | 'onOpen'>) {
  const { t } = useTranslation()
  const mayExport = useCan('prospect.export')
  const noBatch = useWhyNotBatch(selection.count, desk)
  return (
    <>
      {desk.maySend && <Button isSmall disabledReason={noBatch} onPress={() => onOpen({ at: 'batch', rows: selection.rows })}>{t('development.batch')}</Button>}
      {mayExport && <Button isSmall className="only-desk" onPress={() => onOpen({ at: 'export', ids: selection.rows.map((row) => row.id) })}>{t('development.export_selected')}</Button>}
    </>
  )
}

/** Who sees only their own prospects is told so. */
function useEmpty({ mayReport, blocked }: Desk, onReport: () => void) {
  const { t } = useTranslation()
  const { member } = useSession()
  const isScoped = member.reach !== 'partner'
  return {
    title: t('development.empty_title'), text: isScoped && !mayReport ? t('development.empty_scope_text') : t('development.empty_text'),
    ...(mayReport && blocked === null && { action: <Button onPress={onReport}>{t('development.preregister')}</Button> }),
  }
}
