import './incentive-invoices.css'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { useParams } from 'react-router'
import type { Answer } from '#contract/endpoint.ts'
import { getInvoiceList } from '#contract/incentive-invoices.ts'
import { ApiError } from '#src/api/api-error.ts'
import { query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { Time } from '#src/components/Time.tsx'
import { formatMonth } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { Derivation } from './AmountToInvoice.tsx'

type InvoiceList = Answer<typeof getInvoiceList>

/** The invoice list: what is printed, gets the invoice number written on it, and is mailed with the invoice. */
export function InvoiceListPage() {
  const { t } = useTranslation()
  const mayView = useCan('incentive.invoice')
  const { id = '' } = useParams()
  const { data, error, refetch } = useQuery({ ...query(getInvoiceList, { params: { id } }), enabled: mayView, retry: false })
  return (
    <Page name="invoice-list" isNarrow>
      <PageHead
        title={data ? t('incentive_invoices.list_page.title_of', { number: data.requestNumber }) : t('incentive_invoices.list_page.title')} crumb={{ to: paths.incentiveInvoices(), label: t('incentive_invoices.title') }}
        actions={data && <Button variant="primary" onPress={() => print()}>{t('incentive_invoices.list_page.print')}</Button>}
      />
      {!mayView ? <EmptyState kind="no-right" title={t('incentive_invoices.no_right')} text={t('incentive_invoices.no_right_text')} />
        : data ? <Sheet list={data} /> : error ? <NotThere error={error} onRetry={() => void refetch()} /> : <Skeleton lines={10} />}
    </Page>
  )
}

/** A list that is not there yet says why. */
function NotThere({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation()
  if (!(error instanceof ApiError) || error.failure.code !== 'invoice_list_waiting') return <ErrorState error={error} onRetry={onRetry} />
  const wait = error.failure.facts?.['wait'] === 'countersigning' ? 'countersigning' : 'preparing'
  return <EmptyState kind="nothing" title={t('incentive_invoices.list_page.wait_title')} text={t(`incentive_invoices.wait.${wait}`)} action={<ButtonLink to={paths.incentiveInvoices()}>{t('incentive_invoices.title')}</ButtonLink>} />
}

function Sheet({ list }: { list: InvoiceList }) {
  const { t } = useTranslation()
  return (
    <div className="invoice-list">
      <Facts facts={[
        { key: 'seller', label: t('incentive_invoices.list_page.seller'), value: list.seller.name },
        { key: 'code', label: t('incentive_invoices.list_page.code'), value: list.seller.creditCode },
        { key: 'buyer', label: t('incentive_invoices.list_page.buyer'), value: list.buyer },
        { key: 'kinds', label: t('incentive_invoices.list_page.kinds'), value: list.allowedKinds.map((kind) => t(`incentive_invoices.kind.${kind}`)).join(t('common.list_separator')) },
        { key: 'published', label: t('incentive_invoices.list_page.published'), value: <Time at={list.publishedAt} look="full" /> },
        { key: 'number', label: t('incentive_invoices.list_page.number'), value: list.invoiceNumber || <span className="write-here">{t('incentive_invoices.list_page.number_blank')}</span> },
      ]}
      />
      <table className="plain-table" aria-label={t('incentive_invoices.list_page.items')}>
        <thead>
          <tr><th scope="col">{t('incentive_invoices.list_page.statement')}</th><th scope="col">{t('incentive_invoices.list_page.period')}</th><th scope="col">{t('incentive_invoices.list_page.program')}</th><th scope="col" className="num">{t('incentive_invoices.list_page.amount')}</th></tr>
        </thead>
        <tbody>
          {list.items.map((item) => (
            <tr key={item.statementNumber}>
              <td>{item.statementNumber}</td><td>{formatMonth(item.period)}</td>
              <td><span className="stack"><span>{item.programName}</span><span>{t(`payments.program_kind.${item.programKind}`)}</span></span></td>
              <td className="num"><MoneyText amount={item.amount} /></td>
            </tr>
          ))}
        </tbody>
        <tfoot><tr><th scope="row" colSpan={3}>{t('incentive_invoices.list_page.total')}</th><td className="num"><MoneyText amount={list.total} isStrong /></td></tr></tfoot>
      </table>
      {list.derivation && <Derivation derivation={list.derivation} notice={list.total} toInvoice={list.total} />}
      <p className="caption no-print">{t('incentive_invoices.list_page.hint')}</p>
    </div>
  )
}
