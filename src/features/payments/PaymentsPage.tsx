import './payments.css'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { getRequestable, PaymentFilter, PaymentSort, queryPayments } from '#contract/incentive-payments.ts'
import { listQuery, query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { DataTable } from '#src/components/DataTable.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { isSet } from '#src/components/filter-types.ts'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { useListState } from '#src/components/use-list-state.ts'
import { formatCount, formatMoney, zoneName } from '#src/lib/format.ts'
import { useCan } from '#src/session/use-session.ts'
import { PayablePanel } from './PayablePanel.tsx'
import { paymentFilters } from './payment-filters.ts'
import { PaymentActions } from './PaymentActions.tsx'
import { PaymentDrawer } from './PaymentDrawer.tsx'
import { useOver } from './use-over.ts'
import { usePaymentColumns } from './use-payment-columns.tsx'

const RequestDialog = lazy(async () => ({ default: (await import('./RequestDialog.tsx')).RequestDialog }))
const WithdrawDialog = lazy(async () => ({ default: (await import('./WithdrawDialog.tsx')).WithdrawDialog }))
const AutomaticDialog = lazy(async () => ({ default: (await import('./AutomaticDialog.tsx')).AutomaticDialog }))

/** How confirmed incentives are paid: what can be requested now, and every request with how far it is. */
export function PaymentsPage() {
  const { t } = useTranslation()
  const mayView = useCan('incentive.request')
  if (mayView) return <Payments />
  return <Page name="payments"><PageHead title={t('payments.title')} /><EmptyState kind="no-right" title={t('payments.no_right')} text={t('payments.no_right_text')} /></Page>
}

function Payments() {
  const { t } = useTranslation()
  const list = useListState({ filter: PaymentFilter, sort: { options: PaymentSort.options, initial: '-at' } })
  const result = useQuery(listQuery(queryPayments, { body: { page: list.page, pageSize: list.pageSize, sort: list.sort, filter: list.filter } }))
  const requestable = useQuery(query(getRequestable, {}))
  const columns = usePaymentColumns()
  const over = useOver()
  const [isAutomaticOpen, setAutomaticOpen] = useState(false)
  const filters = paymentFilters(list, t)
  const total = result.data?.total
  const payable = result.data?.payable
  const request = <Button variant="primary" aria-haspopup="dialog" onPress={over.openRequest}>{t('payments.request')}</Button>
  const isEmpty = total === 0 && !list.isFiltered
  return (
    <Page name="payments">
      <PageHead
        title={t('payments.title')} actions={!isEmpty && request}
        count={total === undefined ? undefined : t(list.isFiltered ? 'payments.count_filtered' : 'payments.count', { count: total, replace: { count: formatCount(total) } })}
      />
      <PayablePanel requestable={requestable} onAutomatic={() => setAutomaticOpen(true)} />
      <DataTable
        name="incentive-payments" label={t('payments.list')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.number} result={result} list={list}
        filters={<FilterBar search={{ label: t('payments.search'), value: list.filter.number ?? '', onChange: (text) => list.setFilter({ number: text.trim() || undefined }) }} filters={filters} inLine={4} onClear={list.clearFilter} />}
        actions={(row) => <PaymentActions row={row} />} actionsWidth={172}
        empty={{ title: t('payments.empty_title'), text: payable === undefined || payable === '0.00' ? t('payments.empty_none') : t('payments.empty_text', { amount: formatMoney(payable) }), action: request }}
        noMatch={{ title: t('payments.no_match'), chips: filters.filter(isSet).map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
        foot={result.data?.items[0] && t('payments.foot', { zone: zoneName(result.data.items[0].at) })}
      />
      <PaymentDrawer />
      <Suspense>
        {(over.isRequesting || over.edit !== undefined) && <RequestDialog key={over.edit ?? 'new'} editId={over.edit} wanted={over.ids} onClose={over.close} />}
        {over.withdraw !== undefined && <WithdrawDialog key={over.withdraw} id={over.withdraw} onClose={over.close} />}
        {isAutomaticOpen && <AutomaticDialog onClose={() => setAutomaticOpen(false)} />}
      </Suspense>
    </Page>
  )
}
