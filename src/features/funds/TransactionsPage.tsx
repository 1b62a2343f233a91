import './funds.css'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useSearchParams } from 'react-router'
import * as z from 'zod/mini'
import { PartnerAccount, queryTransactions, TransactionFilter } from '#contract/funds.ts'
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
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { FundsTabs } from './FundsTabs.tsx'
import { StatementPanel } from './StatementPanel.tsx'
import { transactionFilters } from './transaction-filters.ts'
import { useTransactionColumns } from './use-transaction-columns.tsx'

const ExportDialog = lazy(async () => ({ default: (await import('#src/components/ExportDialog.tsx')).ExportDialog }))
const { account: _account, ...ownFields } = TransactionFilter.shape
/** The account is a tab, not a filter: clearing the filters stays in it. */
const OwnFilter = z.object(ownFields)

/** Every movement of one of the partner's accounts, and how they lead from the balance before to the balance after. */
export function TransactionsPage() {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const account = PartnerAccount.options.find((one) => one === search.get('account')) ?? 'top-up'
  const list = useListState({ filter: OwnFilter })
  const [isExporting, setExporting] = useState(false)
  const mayExport = useCan('data.export')
  const filter = { ...list.filter, account }
  const result = useQuery(listQuery(queryTransactions, { body: { page: list.page, pageSize: list.pageSize, filter } }))
  const rows = result.data?.items ?? []
  const [first] = rows
  const columns = useTransactionColumns(rows)
  const filters = transactionFilters(list, t)
  const total = result.data?.total
  return (
    <RevealProvider page="/funds/transactions" viewKey={`${account} ${list.viewKey}`}>
      <Page name="transactions">
        <PageHead
          title={t('funds.transactions')} count={total === undefined ? undefined : t(list.isFiltered ? 'funds.count_filtered' : 'funds.count', { count: total, replace: { count: formatCount(total) } })}
          actions={mayExport && <Button icon="download" onPress={() => setExporting(true)}>{t('funds.export')}</Button>}
        />
        <FundsTabs current="transactions" />
        <nav className="account-choice" aria-label={t('funds.accounts')}>
          {PartnerAccount.options.map((one) => (
            <Link key={one} to={paths.transactions({ account: one, from: filter.from, to: filter.to })} {...(one === account && { 'aria-current': 'true' })}>{t(`funds.account.${one}`)}</Link>
          ))}
        </nav>
        <StatementPanel range={result.data?.range} filter={filter} />
        <DataTable
          name="transactions" label={t('funds.transactions_of', { account: t(`funds.account.${account}`) })} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.number}
          result={result} list={list} filters={<FilterBar filters={filters} inLine={5} onClear={list.clearFilter} />}
          empty={{ title: t('funds.transactions_never'), text: t('funds.transactions_never_text') }}
          noMatch={{ title: t('funds.transactions_no_match'), chips: filters.filter(isSet).map((one) => <SetFilter key={one.key} filter={one} />) }}
          foot={first && t('funds.foot', { zone: zoneName(first.at) })}
        />
        <Suspense>{isExporting && <ExportDialog request={{ content: 'transactions', filter }} total={total} onClose={() => setExporting(false)} />}</Suspense>
      </Page>
    </RevealProvider>
  )
}
