import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import * as z from 'zod/mini'
import { CouponRecordFilter, CouponRecordSort, getCouponChoices, queryCouponRecords } from '#contract/coupons-issued.ts'
import type { CouponKind } from '#contract/coupon-kinds.ts'
import { listQuery, query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { DataTable } from '#src/components/DataTable.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { isSet } from '#src/components/filter-types.ts'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { useCounterparty } from '#src/components/use-counterparty.ts'
import { useListState } from '#src/components/use-list-state.ts'
import { formatCount, zoneName } from '#src/lib/format.ts'
import { usePhone } from '#src/lib/use-media.ts'
import { useCan } from '#src/session/use-session.ts'
import { CouponsFrame, CouponsNav } from './CouponsFrame.tsx'
import { recordFilters, recordSortFilter } from './record-filters.ts'
import { useRecordColumns } from './use-record-columns.tsx'

const ExportDialog = lazy(async () => ({ default: (await import('#src/components/ExportDialog.tsx')).ExportDialog }))
const { kind: _kind, ...ownFields } = CouponRecordFilter.shape
/** The kind is chosen beside the tabs, and stays when the filters are cleared. */
const OwnFilter = z.object(ownFields)

/** Every issue and every reclaim of coupons and quota, by people and by the system. */
export const RecordsPage = () => <CouponsFrame tab="records">{(kind) => <Records key={kind} kind={kind} />}</CouponsFrame>

function Records({ kind }: { kind: CouponKind }) {
  const { t } = useTranslation()
  const isPhone = usePhone()
  const list = useListState({ filter: OwnFilter, sort: { options: CouponRecordSort.options, initial: '-at' } })
  const { counterparty: party, setCounterparty: setParty } = useCounterparty()
  const [isExporting, setExporting] = useState(false)
  const mayExport = useCan('data.export')
  const asked = { sort: list.sort, filter: { ...list.filter, kind }, ...(party !== '' && { party }) }
  const result = useQuery(listQuery(queryCouponRecords, { body: { page: list.page, pageSize: list.pageSize, ...asked } }))
  const operators = useQuery({ ...query(getCouponChoices, {}), staleTime: 60_000, enabled: result.data !== undefined }).data?.operators
  const rows = result.data?.items ?? []
  const columns = useRecordColumns(rows)
  const total = result.data?.total
  const first = rows[0]
  const isFiltered = list.isFiltered || party !== ''
  const filters = recordFilters({ list, rows, operators: operators ?? [] }, t)
  const search = (text: string) => {
    setParty(text)
    if (list.page !== 1) list.setPage(1)
  }
  const clear = () => {
    setParty('')
    list.clearFilter()
  }
  return (
    <RevealProvider page="/coupons/records" viewKey={`${list.viewKey} ${party}`}>
      <Page name="coupon-records">
        <PageHead
          title={t(`coupons.title.records.${kind}`)} count={total === undefined ? undefined : t(isFiltered ? 'coupons.count_filtered' : 'coupons.count', { count: total, replace: { count: formatCount(total) } })}
          actions={mayExport && <Button icon="download" onPress={() => setExporting(true)}>{t('coupons.export')}</Button>}
        />
        <CouponsNav tab="records" kind={kind} />
        <DataTable
          name="coupon-records" label={t('coupons.record.list')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.number} result={result} list={list}
          filters={<FilterBar search={{ label: t('coupons.record.search'), value: party, onChange: search }} filters={isPhone ? [...filters, recordSortFilter(list, t)] : filters} inLine={4} onClear={clear} />}
          empty={{ title: t('coupons.record.empty'), text: t('coupons.record.empty_text') }}
          noMatch={{ title: t('coupons.no_match'), text: t('coupons.no_match_text'), chips: filters.filter(isSet).map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
          isFiltered={isFiltered} onClear={clear} foot={first && t('coupons.foot', { zone: zoneName(first.at) })}
        />
        <Suspense>{isExporting && <ExportDialog request={{ content: 'coupon-records', ...asked }} total={total} onClose={() => setExporting(false)} />}</Suspense>
      </Page>
    </RevealProvider>
  )
}
