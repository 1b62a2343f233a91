import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Outlet } from 'react-router'
import * as z from 'zod/mini'
import { type CouponKind, mayIssueKinds } from '#contract/coupon-kinds.ts'
import { QuotaFilter, QuotaSort, queryQuotas } from '#contract/coupons.ts'
import { listQuery } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { DataTable } from '#src/components/DataTable.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { isSet } from '#src/components/filter-types.ts'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { useListState } from '#src/components/use-list-state.ts'
import { formatCount, zoneName } from '#src/lib/format.ts'
import { usePhone } from '#src/lib/use-media.ts'
import { paths } from '#src/paths.ts'
import { useCan, useSession } from '#src/session/use-session.ts'
import { CouponsFrame, CouponsNav } from './CouponsFrame.tsx'
import { IssueLink } from './IssueLink.tsx'
import { QuotaActions } from './QuotaActions.tsx'
import { QuotaDrawer } from './QuotaDrawer.tsx'
import { quotaFilters, quotaSortFilter } from './quota-filters.ts'
import { Totals } from '#src/coupons/Totals.tsx'
import { useCouponRights } from '#src/coupons/use-coupon-rights.ts'
import { useQuotaColumns } from './use-quota-columns.tsx'

const ExportDialog = lazy(async () => ({ default: (await import('#src/components/ExportDialog.tsx')).ExportDialog }))
const { kind: _kind, ...ownFields } = QuotaFilter.shape
/** The kind is chosen beside the tabs, and stays when the filters are cleared. */
const OwnFilter = z.object(ownFields)

/** What the partner may issue from, and what is left of it. */
export const QuotasPage = () => <CouponsFrame tab="quotas">{(kind) => <Quotas key={kind} kind={kind} />}</CouponsFrame>

function Quotas({ kind }: { kind: CouponKind }) {
  const { t, i18n } = useTranslation()
  const isPhone = usePhone()
  const { mayGive } = useCouponRights()
  const mayIssueKind = mayIssueKinds[useSession().partner.type].includes(kind)
  const list = useListState({ filter: OwnFilter, sort: { options: QuotaSort.options, initial: 'validTo' } })
  const result = useQuery(listQuery(queryQuotas, { body: { page: list.page, pageSize: list.pageSize, sort: list.sort, filter: { ...list.filter, kind } } }))
  const [isExporting, setExporting] = useState(false)
  const mayExport = useCan('data.export')
  const columns = useQuotaColumns()
  const total = result.data?.total
  const first = result.data?.items[0]
  const filters = quotaFilters(list, t)
  const title = t(`coupons.title.quotas.${kind}`)
  return (
    <RevealProvider page="/coupons" viewKey={list.viewKey}>
      <Page name="coupons">
        <PageHead
          title={title} count={total === undefined ? undefined : t(list.isFiltered ? 'coupons.count_filtered' : 'coupons.count', { count: total, replace: { count: formatCount(total) } })}
          actions={<>{mayExport && <Button icon="download" onPress={() => setExporting(true)}>{t('coupons.export')}</Button>}<IssueLink kind={kind} over="quotas" /></>}
        />
        <CouponsNav tab="quotas" kind={kind} />
        {(total !== 0 || list.isFiltered) && <Totals label={title} figures={[{ key: 'left', label: t('coupons.quota.total_left'), amount: result.data?.totals.left }, { key: 'granted', label: t('coupons.quota.total_granted'), amount: result.data?.totals.granted }]} />}
        <DataTable
          name="coupon-quotas" label={t('coupons.quota.list')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.number} result={result} list={list}
          filters={<FilterBar search={{ label: t('coupons.quota.search'), value: list.filter.number ?? '', onChange: (number) => list.setFilter({ number: number || undefined }) }} filters={isPhone ? [...filters, quotaSortFilter(list, t)] : filters} inLine={4} onClear={list.clearFilter} />}
          actions={(row) => <QuotaActions row={row} />} actionsWidth={112 + (mayGive && kind === 'VOUCHER' ? (i18n.language === 'en-US' ? 92 : 72) : 0)}
          empty={mayIssueKind ? { title: t('coupons.quota.empty'), text: t('coupons.quota.empty_text') } : { title: t('coupons.quota.empty_view_only'), text: t('coupons.quota.empty_view_only_text') }}
          noMatch={{ title: t('coupons.no_match'), text: t('coupons.no_match_text'), chips: filters.filter(isSet).map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
          foot={first && t('coupons.foot', { zone: zoneName(first.validTo) })}
        />
        <Suspense>{isExporting && <ExportDialog request={{ content: 'coupon-quotas', sort: list.sort, filter: { ...list.filter, kind } }} total={total} onClose={() => setExporting(false)} />}</Suspense>
        <QuotaDrawer see={{ issued: (number) => paths.couponsIssued({ kind, quotaNumber: number }), records: (number) => paths.couponRecords({ kind, sourceQuotaNumber: number }) }} />
        <Outlet />
      </Page>
    </RevealProvider>
  )
}
