import { useTranslation } from '#src/i18n/use-translation.ts'
import { ApiError } from '#src/api/api-error.ts'
import { type Invitation, inviteBatchMax } from '#contract/invites.ts'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { DataTable } from '#src/components/DataTable.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { isSet } from '#src/components/filter-types.ts'
import { type Selection, useSelection } from '#src/components/use-selection.ts'
import { zoneName } from '#src/lib/format.ts'
import { lookupOf, lookupText } from '#src/lib/look-up-box.ts'
import { usePhone } from '#src/lib/use-media.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { InvitationActions } from './InvitationActions.tsx'
import { invitationFilters, invitationSortFilter } from './invitation-filters.ts'
import type { OnOpen } from './open.ts'
import { type Desk, useWhyNot } from './use-invitation-acts.ts'
import { useInvitationColumns } from './use-invitation-columns.tsx'
import type { InvitationList } from './use-invitation-list.ts'
import { isResendable } from './rules.ts'

type Props = { invitations: InvitationList; desk: Desk | undefined; onOpen: OnOpen; selection: Selection<Invitation> }

/** Every invited customer: how far the invitation has come, why not further, and what helps. */
export function InvitationRecords({ invitations, desk, onOpen, selection }: Props) {
  const { t } = useTranslation()
  const isPhone = usePhone()
  const { list, result, lookup, setLookup, clear, isFiltered } = invitations
  const rows = result.data?.items ?? []
  const columns = useInvitationColumns(rows)
  const whyNot = useWhyNot(desk)
  const maySend = useCan('invite.send')
  const mayExport = useCan('data.export')
  const mayReport = useCan('prospect.report')
  const filters = invitationFilters(invitations, t)
  const chosen = filters.filter(isSet)
  const first = rows[0]
  if (list.view !== undefined && result.error instanceof ApiError && result.error.failure.code === 'not_found') {
    return <EmptyState kind="no-match" title={t('invites.list.view_gone')} text={t('invites.list.no_match_text')} onClear={clear} />
  }
  return (
    <DataTable
      name="invitations" label={t('invites.list.title')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => `${row.nameMasked ?? ''} ${row.number}`.trim()} result={result} list={list}
      {...((maySend || mayExport) && { selection })} selectionText={maySend && <SelectionText selection={selection} />}
      selectionActions={
        <>
          {maySend && <BatchResend selection={selection} blocked={desk?.blocked ?? desk?.mailBlocked ?? undefined} onOpen={onOpen} />}
          {mayExport && <Button isSmall className="only-desk" onPress={() => onOpen({ at: 'export', ids: selection.rows.map((row) => row.id) })}>{t('invites.page.export')}</Button>}
        </>
      }
      filters={<FilterBar search={{ label: t('invites.list.search'), value: lookupText(lookup), onChange: (text) => setLookup(lookupOf(text)) }} filters={isPhone ? [...filters, invitationSortFilter(invitations, t)] : filters} inLine={Math.max(1, 4 - chosen.length)} onClear={clear} />}
      actions={(row) => <InvitationActions row={row} whyNot={whyNot} onOpen={onOpen} />} actionsWidth={t('invites.list.resend').length > 4 ? 196 : 168}
      empty={{ title: t('invites.list.empty_title'), text: t('invites.list.empty_text'), ...(mayReport && { action: <ButtonLink to={paths.development()}>{t('invites.list.empty_action')}</ButtonLink> }) }}
      noMatch={{ text: t('invites.list.no_match_text'), chips: chosen.map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
      isFiltered={isFiltered} onClear={clear} foot={first && t('invites.list.foot', { zone: zoneName(first.sentAt) })}
    />
  )
}

/** @returns ticked rows of the records. */
export const useInvitationSelection = () => useSelection<Invitation>((row) => row.id)

function SelectionText({ selection }: { selection: Selection<Invitation> }) {
  const { t } = useTranslation()
  if (selection.count > inviteBatchMax) return t('invites.list.selected_many', { max: inviteBatchMax })
  const refused = selection.rows.filter((row) => !isResendable(row)).length
  return refused === 0 ? t('invites.list.selected_all') : t('invites.list.selected_some', { count: refused })
}

function BatchResend({ selection, blocked, onOpen }: { selection: Selection<Invitation>; blocked: NonNullable<Desk['blocked']> | undefined; onOpen: OnOpen }) {
  const { t } = useTranslation()
  const reason = selection.count > inviteBatchMax ? t('invites.list.selected_many', { max: inviteBatchMax }) : blocked && t(`invites.blocked.${blocked}`)
  return <Button isSmall disabledReason={reason} onPress={() => onOpen({ at: 'resend', rows: selection.rows })}>{t('invites.list.batch_resend')}</Button>
}
