import '#src/coupons/coupons.css'
import './whitelist.css'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { WhitelistEntry } from '#contract/coupon-whitelist.ts'
import { ApiError } from '#src/api/api-error.ts'
import { Button } from '#src/components/Button.tsx'
import { DataTable } from '#src/components/DataTable.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { CouponTabs } from '#src/coupons/CouponTabs.tsx'
import { formatCount, formatTime, zoneName } from '#src/lib/format.ts'
import { usePhone } from '#src/lib/use-media.ts'
import { paths } from '#src/paths.ts'
import { useSession } from '#src/session/use-session.ts'
import { useWhitelistColumns } from './use-whitelist-columns.tsx'
import { useWhitelist, type Whitelist, whitelistFilters } from './use-whitelist.ts'

const AddDialog = lazy(async () => ({ default: (await import('./AddDialog.tsx')).AddDialog }))
const RemoveQuestion = lazy(async () => ({ default: (await import('./RemoveQuestion.tsx')).RemoveQuestion }))
const ImportDialog = lazy(async () => ({ default: (await import('./ImportDialog.tsx')).ImportDialog }))
const ExportDialog = lazy(async () => ({ default: (await import('#src/components/ExportDialog.tsx')).ExportDialog }))

export type Open = { at: 'add' } | { at: 'import' } | { at: 'export' } | { at: 'remove'; row: WhitelistEntry }

/** To whom a subsidy partner may issue coupons. */
export function WhitelistPage() {
  const { t } = useTranslation()
  const { permissions, partner } = useSession()
  if (partner.type === 'SUBSIDY' && permissions.includes('coupon.whitelist')) return <Whitelisted />
  return <Page name="no-right"><PageHead title={t('whitelist.title')} /><EmptyState kind="no-right" title={t('common.state.no_right_title')} text={t('common.state.no_right_text')} /></Page>
}

function Whitelisted() {
  const { t } = useTranslation()
  const { member, permissions } = useSession()
  const [open, setOpen] = useState<Open>()
  const whitelist = useWhitelist()
  const { list, result, isFiltered, clear } = whitelist
  const { data } = result
  const mayExport = member.roles.includes('administrator') && permissions.includes('data.export')
  const isViewGone = list.view !== undefined && result.error instanceof ApiError && result.error.failure.code === 'not_found'
  const close = () => setOpen(undefined)
  return (
    <RevealProvider page={paths.couponWhitelist()} subject="whitelist" viewKey={list.viewKey}>
      <Page name="coupon-whitelist">
        <PageHead
          title={t('whitelist.title')} count={data && t(isFiltered ? 'whitelist.count_filtered' : 'whitelist.count', { count: data.total, replace: { count: formatCount(data.total) } })}
          meta={data && (data.version === null ? t('whitelist.no_version') : t('whitelist.version', { version: data.version, time: formatTime(data.changedAt ?? '') }))}
          actions={<>
            {mayExport && <Button icon="download" onPress={() => setOpen({ at: 'export' })}>{t('whitelist.export')}</Button>}
            <Button onPress={() => setOpen({ at: 'import' })}>{t('whitelist.import.act')}</Button>
            <Button variant="primary" onPress={() => setOpen({ at: 'add' })}>{t('whitelist.add.title')}</Button>
          </>}
        />
        <CouponTabs current="whitelist" />
        <p className="whitelist-about">{t('whitelist.about')}</p>
        {isViewGone ? <EmptyState kind="no-match" title={t('whitelist.view_gone')} text={t('whitelist.view_gone_text')} onClear={clear} /> : <WhitelistTable whitelist={whitelist} onOpen={setOpen} />}
        <Suspense>
          {open?.at === 'add' && <AddDialog onClose={close} />}
          {open?.at === 'import' && <ImportDialog onClose={close} />}
          {open?.at === 'remove' && <RemoveQuestion row={open.row} onClose={close} />}
          {open?.at === 'export' && <ExportDialog request={whitelist.exportRequest} total={data?.total} onClose={close} />}
        </Suspense>
      </Page>
    </RevealProvider>
  )
}

function WhitelistTable({ whitelist: { list, result, lookup, kept, setLookup, clear, isFiltered }, onOpen }: { whitelist: Whitelist; onOpen: (open: Open) => void }) {
  const { t } = useTranslation()
  const isPhone = usePhone()
  const rows = result.data?.items ?? []
  const columns = useWhitelistColumns(rows)
  const first = rows[0]
  return (
    <DataTable
      name="coupon-whitelist" label={t('whitelist.list')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.nameMasked} result={result} list={list}
      filters={<FilterBar search={{ label: t('whitelist.search'), value: lookup?.name ?? '', onChange: (name) => setLookup({ name }) }} filters={whitelistFilters({ list, kept, setLookup }, t, isPhone)} inLine={2} onClear={clear} />}
      actions={(row) => <Button variant="row" onPress={() => onOpen({ at: 'remove', row })}>{t('whitelist.remove.act')}<span className="hidden-text"> {row.nameMasked}</span></Button>} actionsWidth={96}
      empty={{ title: t('whitelist.empty'), text: t('whitelist.empty_text') }}
      noMatch={{ title: t('whitelist.no_match'), text: t('whitelist.no_match_text') }}
      isFiltered={isFiltered} onClear={clear} foot={first && t('whitelist.foot', { zone: zoneName(first.addedAt) })}
    />
  )
}
