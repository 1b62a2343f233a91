import './funds.css'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { AdjustmentFilter, AdjustmentSort, queryAdjustments } from '#contract/funds.ts'
import { getLogChoices } from '#contract/operation-log.ts'
import { listQuery, query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { isSet } from '#src/components/filter-types.ts'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { useCounterparty } from '#src/components/use-counterparty.ts'
import { useListState } from '#src/components/use-list-state.ts'
import { formatCount } from '#src/lib/format.ts'
import { usePhone } from '#src/lib/use-media.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { adjustmentFilters, adjustmentSortFilter } from './adjustment-filters.ts'
import { AdjustmentDrawer } from './AdjustmentDrawer.tsx'
import { AdjustmentsTable } from './AdjustmentsTable.tsx'
import { FundsTabs } from './FundsTabs.tsx'

const ExportDialog = lazy(async () => ({ default: (await import('#src/components/ExportDialog.tsx')).ExportDialog }))

/** Everything that was given to customers and taken back from them. */
export function AdjustmentsPage() {
  const { t } = useTranslation()
  const list = useListState({ filter: AdjustmentFilter, sort: { options: AdjustmentSort.options, initial: '-at' } })
  const { counterparty, setCounterparty } = useCounterparty()
  const [isExporting, setExporting] = useState(false)
  const isPhone = usePhone()
  const mayExport = useCan('data.export')
  const maySeeLog = useCan('log.view')
  const asked = { sort: list.sort, filter: list.filter, ...(counterparty !== '' && { counterparty }) }
  const result = useQuery(listQuery(queryAdjustments, { body: { page: list.page, pageSize: list.pageSize, ...asked } }))
  const operators = useQuery({ ...query(getLogChoices, {}), staleTime: 60_000, enabled: maySeeLog && result.data !== undefined }).data?.operators
  const total = result.data?.total
  const isFiltered = list.isFiltered || counterparty !== ''
  const filters = adjustmentFilters({ list, rows: result.data?.items ?? [], operators: operators ?? [] }, t)
  const search = (text: string) => {
    // A number of ours is a look-up of another kind than a part of a name.
    const isNumber = /^(TX|B)\d{6,}$/i.test(text)
    setCounterparty(isNumber ? '' : text)
    if (isNumber) list.setFilter({ number: text })
    else if (list.page !== 1) list.setPage(1)
  }
  const clear = () => {
    setCounterparty('')
    list.clearFilter()
  }
  return (
    <RevealProvider page="/funds/adjustments" viewKey={`${list.viewKey} ${counterparty}`}>
      <Page name="adjustments">
        <PageHead
          title={t('funds.adjustments')} count={total === undefined ? undefined : t(isFiltered ? 'funds.count_filtered' : 'funds.count', { count: total, replace: { count: formatCount(total) } })}
          actions={mayExport && <Button icon="download" onPress={() => setExporting(true)}>{t('funds.export')}</Button>}
        />
        <FundsTabs current="adjustments" />
        <AdjustmentsTable
          list={list} result={result} isFiltered={isFiltered} onClear={clear}
          filters={<FilterBar search={{ label: t('funds.search'), value: counterparty, onChange: search }} filters={isPhone ? [...filters, adjustmentSortFilter(list, t)] : filters} inLine={4} onClear={clear} />}
          empty={{ title: t('funds.never'), text: t('funds.never_text'), action: <ButtonLink to={paths.customers()}>{t('funds.never_action')}</ButtonLink> }}
          noMatch={{ title: t('funds.no_match'), text: t('funds.no_match_text'), chips: filters.filter(isSet).map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
        />
        <Suspense>{isExporting && <ExportDialog request={{ content: 'adjustments', ...asked }} total={total} onClose={() => setExporting(false)} />}</Suspense>
        <AdjustmentDrawer />
      </Page>
    </RevealProvider>
  )
}
