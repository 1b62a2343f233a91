import './funds.css'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import * as z from 'zod/mini'
import { AdjustmentSort, getAccounts, queryAdjustments } from '#contract/funds.ts'
import { listQuery, query } from '#src/api/query.ts'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { Section } from '#src/components/Section.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { useListState } from '#src/components/use-list-state.ts'
import { today } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { AccountsPanel } from './AccountsPanel.tsx'
import { AdjustmentDrawer } from './AdjustmentDrawer.tsx'
import { AdjustmentsTable } from './AdjustmentsTable.tsx'
import { FundsTabs } from './FundsTabs.tsx'

const NoFilter = z.object({})

/** The partner's accounts, and what was given to and taken from customers lately. */
export function FundsPage() {
  const { t } = useTranslation()
  const accounts = useQuery(query(getAccounts, {}))
  const list = useListState({ filter: NoFilter, sort: { options: AdjustmentSort.options, initial: '-at' } })
  const from = today(-6)
  const recent = useQuery(listQuery(queryAdjustments, { body: { page: list.page, pageSize: list.pageSize, sort: list.sort, filter: { from } } }))
  const isRefused = accounts.error !== null && !accounts.data
  return (
    <RevealProvider page="/funds" viewKey={list.viewKey}>
      <Page name="funds">
        <PageHead title={t('funds.title')} />
        <FundsTabs current="overview" />
        {accounts.data ? <AccountsPanel accounts={accounts.data} /> : accounts.error ? <ErrorState error={accounts.error} onRetry={() => void accounts.refetch()} /> : <Skeleton lines={8} />}
        {!isRefused && (
          <Section
            title={t('funds.adjustments')} note={recent.data ? t('funds.recent', { count: recent.data.total }) : undefined}
            action={<Link to={paths.adjustments({ from })}>{t('funds.recent_all')}</Link>}
          >
            <AdjustmentsTable
              list={list} result={recent}
              empty={{ title: t('funds.recent_none'), text: t('funds.recent_none_text'), action: <ButtonLink to={paths.adjustments()}>{t('funds.recent_all')}</ButtonLink> }}
            />
          </Section>
        )}
        <AdjustmentDrawer />
      </Page>
    </RevealProvider>
  )
}
