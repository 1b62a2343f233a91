import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Outlet } from 'react-router'
import type { Coupon } from '#contract/coupons-issued.ts'
import type { CouponKind } from '#contract/coupon-kinds.ts'
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
import { type Selection, useSelection } from '#src/components/use-selection.ts'
import { useCouponRights } from '#src/coupons/use-coupon-rights.ts'
import { formatCount, zoneName } from '#src/lib/format.ts'
import { usePhone } from '#src/lib/use-media.ts'
import { useCan } from '#src/session/use-session.ts'
import { CouponActions } from './CouponActions.tsx'
import { CouponDrawer } from './CouponDrawer.tsx'
import { couponFilters, couponSortFilter } from './coupon-filters.ts'
import { CouponsFrame, CouponsNav } from './CouponsFrame.tsx'
import { ReclaimChosen, SelectionText } from './CouponSelection.tsx'
import { IssueLink } from './IssueLink.tsx'
import { Totals } from '#src/coupons/Totals.tsx'
import { useCouponColumns } from './use-coupon-columns.tsx'
import { type CouponList, useCouponList } from './use-coupon-list.ts'

const ExportDialog = lazy(async () => ({ default: (await import('#src/components/ExportDialog.tsx')).ExportDialog }))

/** What was issued to customers, what is left of it, and the way to take it back. */
export const IssuedPage = () => <CouponsFrame tab="issued">{(kind) => <Issued key={kind} kind={kind} />}</CouponsFrame>

function Issued({ kind }: { kind: CouponKind }) {
  const { t } = useTranslation()
  const coupons = useCouponList(kind)
  const { list, result, isFiltered } = coupons
  const [exported, setExported] = useState<readonly string[]>()
  const selection = useSelection<Coupon>((row) => row.id)
  const mayExport = useCan('data.export')
  const total = result.data?.total
  const title = t(`coupons.title.issued.${kind}`)
  const isViewGone = list.view !== undefined && result.error instanceof ApiError && result.error.failure.code === 'not_found'
  return (
    <RevealProvider page="/coupons/issued" viewKey={list.viewKey}>
      <Page name="coupons-issued">
        <PageHead
          title={title} count={total === undefined ? undefined : t(isFiltered ? 'coupons.count_filtered' : 'coupons.count', { count: total, replace: { count: formatCount(total) } })}
          actions={<>{mayExport && <Button icon="download" onPress={() => setExported([])}>{t('coupons.export')}</Button>}<IssueLink kind={kind} over="issued" /></>}
        />
        <CouponsNav tab="issued" kind={kind} />
        {(total !== 0 || isFiltered) && <Totals label={title} figures={[{ key: 'balance', label: t('coupons.coupon.total_balance'), amount: result.data?.totals.balance }, { key: 'face', label: t('coupons.coupon.total_face'), amount: result.data?.totals.faceValue }]} />}
        {isViewGone ? <EmptyState kind="no-match" title={t('coupons.view_gone')} text={t('coupons.view_gone_text')} onClear={coupons.clear} /> : <CouponTable kind={kind} coupons={coupons} selection={selection} />}
        <Suspense>{exported && <ExportDialog request={coupons.exportRequest} total={total} selectedIds={exported} onClose={() => setExported(undefined)} />}</Suspense>
        <CouponDrawer />
        <Outlet context={selection.drop} />
      </Page>
    </RevealProvider>
  )
}

function CouponTable({ kind, coupons, selection }: { kind: CouponKind; coupons: CouponList; selection: Selection<Coupon> }) {
  const { t } = useTranslation()
  const isPhone = usePhone()
  const { reclaimable, issuable } = useCouponRights()
  const { list, result, lookup, setLookup, clear, isFiltered } = coupons
  const rows = result.data?.items ?? []
  const columns = useCouponColumns(rows)
  const filters = couponFilters(coupons, t)
  const first = rows[0]
  return (
    <DataTable
      name="coupons" label={t('coupons.coupon.list')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.number} result={result} list={list}
      {...(reclaimable.includes(kind) && { selection })} selectionText={<SelectionText selection={selection} />} selectionActions={<ReclaimChosen kind={kind} selection={selection} />}
      filters={<FilterBar search={{ label: t('coupons.coupon.search'), value: lookup?.name ?? '', onChange: (name) => setLookup({ ...lookup, name }) }} filters={isPhone ? [...filters, couponSortFilter(list, t)] : filters} inLine={4} onClear={clear} />}
      actions={(row) => <CouponActions row={row} />} actionsWidth={120}
      empty={{ title: t('coupons.coupon.empty'), text: t('coupons.coupon.empty_text'), ...(issuable.includes(kind) && { action: <IssueLink kind={kind} over="issued" isSecondary /> }) }}
      noMatch={{ title: t('coupons.no_match'), text: t('coupons.coupon.no_match_text'), chips: filters.filter(isSet).map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
      isFiltered={isFiltered} onClear={clear} foot={first && t('coupons.foot', { zone: zoneName(first.issuedAt) })}
    />
  )
}
