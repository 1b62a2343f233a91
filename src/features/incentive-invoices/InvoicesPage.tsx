import './incentive-invoices.css'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { useSearchParams } from 'react-router'
import { InvoiceFilter, InvoiceSort, queryInvoices } from '#contract/incentive-invoices.ts'
import { Id } from '#contract/page.ts'
import { listQuery } from '#src/api/query.ts'
import { DataTable } from '#src/components/DataTable.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { isSet } from '#src/components/filter-types.ts'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { useListState } from '#src/components/use-list-state.ts'
import { formatCount, zoneName } from '#src/lib/format.ts'
import { useCan } from '#src/session/use-session.ts'
import { invoiceFilters } from './invoice-filters.ts'
import { InvoiceActions } from './InvoiceActions.tsx'
import { useInvoiceColumns } from './use-invoice-columns.tsx'

const InvoiceDialog = lazy(async () => ({ default: (await import('./InvoiceDialog.tsx')).InvoiceDialog }))

/** Requests for which an invoice is due, was handed in or was returned. */
export function InvoicesPage() {
  const { t } = useTranslation()
  const mayView = useCan('incentive.invoice')
  if (mayView) return <Invoices />
  return <Page name="incentive-invoices"><PageHead title={t('incentive_invoices.title')} /><EmptyState kind="no-right" title={t('incentive_invoices.no_right')} text={t('incentive_invoices.no_right_text')} /></Page>
}

function Invoices() {
  const { t } = useTranslation()
  const list = useListState({ filter: InvoiceFilter, sort: { options: InvoiceSort.options, initial: '-at' } })
  const result = useQuery(listQuery(queryInvoices, { body: { page: list.page, pageSize: list.pageSize, sort: list.sort, filter: list.filter } }))
  const columns = useInvoiceColumns()
  const { editId, open, close } = useEdit()
  const filters = invoiceFilters(list, t)
  const total = result.data?.total
  const [first] = result.data?.items ?? []
  return (
    <Page name="incentive-invoices">
      <PageHead
        title={t('incentive_invoices.title')}
        count={total === undefined ? undefined : t(list.isFiltered ? 'incentive_invoices.count_filtered' : 'incentive_invoices.count', { count: total, replace: { count: formatCount(total) } })}
      />
      <DataTable
        name="incentive-invoices" label={t('incentive_invoices.list')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.requestNumber} result={result} list={list}
        filters={<FilterBar search={{ label: t('incentive_invoices.search'), value: list.filter.number ?? '', onChange: (text) => list.setFilter({ number: text.trim() || undefined }) }} filters={filters} onClear={list.clearFilter} />}
        actions={(row) => <InvoiceActions row={row} onOpen={open} />} actionsWidth={150}
        empty={{ title: t('incentive_invoices.empty_title'), text: t('incentive_invoices.empty_text') }}
        noMatch={{ title: t('incentive_invoices.no_match'), chips: filters.filter(isSet).map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
        foot={first && t('incentive_invoices.foot', { zone: zoneName(first.at) })}
      />
      <Suspense>{editId !== undefined && <InvoiceDialog key={editId} id={editId} onClose={close} />}</Suspense>
    </Page>
  )
}

/** The form stands in the address, so that a request can lead to it. */
function useEdit() {
  const [search, setSearch] = useSearchParams()
  const change = (id: string | undefined) => setSearch((present) => {
    const next = new URLSearchParams(present)
    if (id === undefined) next.delete('edit')
    else next.set('edit', id)
    return next
  }, { replace: true, preventScrollReset: true })
  return { editId: Id.safeParse(search.get('edit')).data, open: (id: string) => change(id), close: () => change(undefined) }
}
