import '#src/coupons/coupons.css'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Outlet, useSearchParams } from 'react-router'
import { fromMinor } from '#contract/money.ts'
import type { IssuedQuota } from '#contract/reseller-quotas.ts'
import { ApiError } from '#src/api/api-error.ts'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { DataTable } from '#src/components/DataTable.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { isSet } from '#src/components/filter-types.ts'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { overPage } from '#src/components/use-modal-route.ts'
import { type Selection, useSelection } from '#src/components/use-selection.ts'
import { CouponTabs } from '#src/coupons/CouponTabs.tsx'
import { Totals } from '#src/coupons/Totals.tsx'
import { useCouponRights } from '#src/coupons/use-coupon-rights.ts'
import { formatCount, formatMoney, zoneName } from '#src/lib/format.ts'
import { usePhone } from '#src/lib/use-media.ts'
import { paths } from '#src/paths.ts'
import { reclaimableOf, whyNotReclaim, whyNotReclaimBatch } from './quota-rules.ts'
import { useIssuedColumns } from './use-issued-columns.tsx'
import { type IssuedQuotas, quotaFilters, useIssuedQuotas } from './use-issued-quotas.ts'
import { useWhyNot } from './use-why-not.ts'

/** What a distributor gave to its resellers, what is left of it, and the way to take that back. */
export function IssuedQuotasPage() {
  const { t } = useTranslation()
  const { mayGive } = useCouponRights()
  if (mayGive) return <Issued />
  return <Page name="no-right"><PageHead title={t('reseller_quotas.title')} /><EmptyState kind="no-right" title={t('common.state.no_right_title')} text={t('common.state.no_right_text')} /></Page>
}

function Issued() {
  const { t } = useTranslation()
  const quotas = useIssuedQuotas()
  const { list, result, isFiltered, clear } = quotas
  const selection = useSelection<IssuedQuota>((row) => row.id)
  const { data } = result
  const isViewGone = list.view !== undefined && result.error instanceof ApiError && result.error.failure.code === 'not_found'
  return (
    <RevealProvider page="/coupons/issued-quotas" subject="reseller" viewKey={list.viewKey}>
      <Page name="issued-quotas">
        <PageHead title={t('reseller_quotas.title')} count={data && t(isFiltered ? 'reseller_quotas.count_filtered' : 'reseller_quotas.count', { count: data.total, replace: { count: formatCount(data.total) } })} />
        <CouponTabs current="issuedQuotas" />
        <Totals label={t('reseller_quotas.title')} figures={[{ key: 'left', label: t('reseller_quotas.total_left'), amount: data?.totals.left }, { key: 'amount', label: t('reseller_quotas.total_amount'), amount: data?.totals.amount }]} />
        {isViewGone ? <EmptyState kind="no-match" title={t('coupons.view_gone')} text={t('coupons.view_gone_text')} onClear={clear} /> : <IssuedTable quotas={quotas} selection={selection} />}
        <Outlet context={selection.drop} />
      </Page>
    </RevealProvider>
  )
}

function IssuedTable({ quotas, selection }: { quotas: IssuedQuotas; selection: Selection<IssuedQuota> }) {
  const { t } = useTranslation()
  const isPhone = usePhone()
  const { list, result, lookup, setLookup, clear, isFiltered } = quotas
  const rows = result.data?.items ?? []
  const columns = useIssuedColumns(rows)
  const filters = quotaFilters(quotas, t, isPhone)
  const first = rows[0]
  return (
    <DataTable
      name="issued-quotas" label={t('reseller_quotas.list')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.number} result={result} list={list}
      selection={selection} selectionText={<SelectionText selection={selection} />} selectionActions={<ReclaimChosen selection={selection} />}
      filters={<FilterBar search={{ label: t('reseller_quotas.search'), value: lookup?.name ?? '', onChange: (name) => setLookup({ name }) }} filters={filters} inLine={4} onClear={clear} />}
      actions={(row) => <ReclaimOne row={row} />} actionsWidth={84}
      empty={{ title: t('reseller_quotas.empty'), text: t('reseller_quotas.empty_text'), action: <ButtonLink to={paths.coupons()}>{t('reseller_quotas.to_quotas')}</ButtonLink> }}
      noMatch={{ title: t('coupons.no_match'), text: t('reseller_quotas.no_match_text'), chips: filters.filter(isSet).map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
      isFiltered={isFiltered} onClear={clear} foot={first && t('coupons.foot', { zone: zoneName(first.issuedAt) })}
    />
  )
}

function ReclaimOne({ row }: { row: IssuedQuota }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const say = useWhyNot()
  const { isRestricted } = useCouponRights()
  return <ButtonLink variant="row" to={paths.reclaimQuota({ ids: [row.id], keep: search.toString() })} state={overPage} disabledReason={say(whyNotReclaim(row, isRestricted), row.state)}>{t('reseller_quotas.reclaim')}<span className="hidden-text"> {row.number}</span></ButtonLink>
}

function SelectionText({ selection }: { selection: Selection<IssuedQuota> }) {
  const { t } = useTranslation()
  const { rows, total } = reclaimableOf(selection.rows)
  const amount = formatMoney(fromMinor(total))
  return rows.length === selection.count ? t('reseller_quotas.selected', { amount }) : t('reseller_quotas.selected_mixed', { count: rows.length, amount })
}

function ReclaimChosen({ selection }: { selection: Selection<IssuedQuota> }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const say = useWhyNot()
  const { isRestricted } = useCouponRights()
  const { rows } = reclaimableOf(selection.rows)
  return <ButtonLink variant="primary" isSmall to={paths.reclaimQuota({ ids: rows.map(({ id }) => id), keep: search.toString() })} state={overPage} disabledReason={say(whyNotReclaimBatch(rows.length, isRestricted))}>{t('reseller_quotas.batch')}</ButtonLink>
}
