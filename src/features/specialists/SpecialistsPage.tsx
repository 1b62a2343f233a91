import './specialists.css'
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
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import type { OnOpen, Open } from './open.ts'
import { QualificationsDrawer } from './QualificationsDrawer.tsx'
import { SpecialistActions } from './SpecialistActions.tsx'
import { specialistFilters } from './specialist-filters.ts'
import { lookupOf, lookupText } from './specialist-lookup.ts'
import { useSpecialistColumns } from './use-specialist-columns.tsx'
import { type SpecialistList, useSpecialistList } from './use-specialist-list.ts'

const SpecialistDialogs = lazy(async () => ({ default: (await import('./SpecialistDialogs.tsx')).SpecialistDialogs }))

/** People of delivery projects whom the partner has invited, and what became of each invitation. */
export function SpecialistsPage() {
  const { t } = useTranslation()
  const mayView = useCan('org.view')
  if (mayView) return <Specialists />
  return <Page name="specialists"><PageHead title={t('specialists.title')} /><EmptyState kind="no-right" title={t('specialists.no_right_title')} text={t('specialists.no_right_text')} /></Page>
}

function Specialists() {
  const { t } = useTranslation()
  const mayManage = useCan('org.member')
  const [open, setOpen] = useState<Open>()
  const specialists = useSpecialistList()
  const { list, result, isFiltered } = specialists
  const total = result.data?.total
  return (
    <RevealProvider page={paths.specialists()} subject="specialist" viewKey={list.viewKey}>
      <Page name="specialists">
        <PageHead
          title={t('specialists.title')} count={total === undefined ? undefined : t(isFiltered ? 'specialists.count_filtered' : 'specialists.count', { count: total, replace: { count: formatCount(total) } })}
          actions={mayManage && <Button variant="primary" onPress={() => setOpen({ at: 'invite' })}>{t('specialists.invite.title')}</Button>}
        />
        <SpecialistTable specialists={specialists} onOpen={setOpen} />
        <QualificationsDrawer />
        <Suspense>{open && <SpecialistDialogs key={open.at} open={open} onClose={() => setOpen(undefined)} />}</Suspense>
      </Page>
    </RevealProvider>
  )
}

function SpecialistTable({ specialists, onOpen }: { specialists: SpecialistList; onOpen: OnOpen }) {
  const { t } = useTranslation()
  const { list, result, lookup, setLookup, clear, isFiltered } = specialists
  const rows = result.data?.items ?? []
  const columns = useSpecialistColumns(rows)
  const filters = specialistFilters(specialists, t)
  const chosen = filters.filter(isSet)
  const first = rows[0]
  if (list.view !== undefined && result.error instanceof ApiError && result.error.failure.code === 'not_found') {
    return <EmptyState kind="no-match" title={t('specialists.view_gone')} text={t('specialists.view_gone_text')} onClear={clear} />
  }
  return (
    <DataTable
      name="specialists" label={t('specialists.list')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.nameMasked} result={result} list={list}
      filters={<FilterBar search={{ label: t('specialists.search'), value: lookupText(lookup), onChange: (text) => setLookup(lookupOf(text)) }} filters={filters} inLine={3} onClear={clear} />}
      actions={(row) => <SpecialistActions row={row} onOpen={onOpen} />} actionsWidth={150}
      empty={{ title: t('specialists.empty_title'), text: t('specialists.empty_text') }}
      noMatch={{ title: t('specialists.no_match'), chips: chosen.map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
      isFiltered={isFiltered} onClear={clear} foot={first && t('specialists.foot', { zone: zoneName(first.invitedAt) })}
    />
  )
}
