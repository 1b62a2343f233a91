import './members.css'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { ApiError } from '#src/api/api-error.ts'
import { Button } from '#src/components/Button.tsx'
import { DataTable } from '#src/components/DataTable.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { isSet } from '#src/components/filter-types.ts'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { formatCount, zoneName } from '#src/lib/format.ts'
import { lookupOf, lookupText } from '#src/lib/look-up-box.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { nameOf } from './labels.ts'
import { MemberActions } from './MemberActions.tsx'
import { MemberDrawer } from './MemberDrawer.tsx'
import { memberFilters } from './member-filters.ts'
import type { OnOpen, Open } from './open.ts'
import { useMemberColumns } from './use-member-columns.tsx'
import { type MemberList, useMemberList } from './use-member-list.ts'
import { useRoles } from './use-roles.ts'

const MemberDialogs = lazy(async () => ({ default: (await import('./MemberDialogs.tsx')).MemberDialogs }))

/** The people who work for the partner: who they are, what they may do, and whether they can. */
export function MembersPage() {
  const { t } = useTranslation()
  const mayView = useCan('org.view')
  if (mayView) return <Members />
  return <Page name="members"><PageHead title={t('members.title')} /><EmptyState kind="no-right" title={t('members.no_right_title')} text={t('members.no_right_text')} /></Page>
}

function Members() {
  const { t } = useTranslation()
  const mayManage = useCan('org.member')
  const mayExport = useCan('data.export')
  const [open, setOpen] = useState<Open>()
  const members = useMemberList()
  const { list, result, isFiltered } = members
  const total = result.data?.total
  return (
    <RevealProvider page={paths.members()} subject="member" viewKey={list.viewKey}>
      <Page name="members">
        <PageHead
          title={t('members.title')} count={total === undefined ? undefined : t(isFiltered ? 'members.count_filtered' : 'members.count', { count: total, replace: { count: formatCount(total) } })}
          actions={(
            <>
              {mayExport && <span className="only-desk"><Button icon="download" onPress={() => setOpen({ at: 'export' })}>{t('members.export')}</Button></span>}
              {mayManage && <Button variant="primary" onPress={() => setOpen({ at: 'create' })}>{t('members.create_member')}</Button>}
            </>
          )}
        />
        <MemberTable members={members} onOpen={setOpen} />
        {!open && <MemberDrawer onOpen={setOpen} />}
        <Suspense>{open && <MemberDialogs key={open.at} open={open} members={{ exportRequest: members.exportRequest, total }} onClose={() => setOpen(undefined)} />}</Suspense>
      </Page>
    </RevealProvider>
  )
}

function MemberTable({ members, onOpen }: { members: MemberList; onOpen: OnOpen }) {
  const { t } = useTranslation()
  const { list, result, lookup, setLookup, clear, isFiltered } = members
  const rows = result.data?.items ?? []
  const columns = useMemberColumns(rows)
  const { data: roles } = useRoles()
  const filters = memberFilters({ ...members, customRoles: roles?.custom ?? [] }, t)
  const chosen = filters.filter(isSet)
  const first = rows[0]
  if (list.view !== undefined && result.error instanceof ApiError && result.error.failure.code === 'not_found') {
    return <EmptyState kind="no-match" title={t('members.view_gone')} text={t('members.view_gone_text')} onClear={clear} />
  }
  return (
    <DataTable
      name="members" label={t('members.list')} columns={columns} rowKey={(row) => row.id} rowLabel={nameOf} result={result} list={list}
      filters={<FilterBar search={{ label: t('members.search'), value: lookupText(lookup), onChange: (text) => setLookup(lookupOf(text)) }} filters={filters} inLine={Math.max(1, 4 - chosen.length)} onClear={clear} />}
      actions={(row) => <MemberActions member={row} onOpen={onOpen} />} actionsWidth={120}
      empty={{ title: t('members.empty_title'), text: t('members.empty_text') }}
      noMatch={{ title: t('members.no_match'), chips: chosen.map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
      isFiltered={isFiltered} onClear={clear} foot={first && t('members.foot', { zone: zoneName(first.createdAt) })}
    />
  )
}
