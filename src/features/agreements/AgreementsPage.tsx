import './agreements.css'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { documentPath, listAgreements } from '#contract/company.ts'
import type { Answer } from '#contract/endpoint.ts'
import { query } from '#src/api/query.ts'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { Time } from '#src/components/Time.tsx'
import { today } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'

type Agreement = Answer<typeof listAgreements>['items'][number]

/** What the company has signed with the cloud platform. */
export function AgreementsPage() {
  const { t } = useTranslation()
  const mayView = useCan('partner.settings')
  if (mayView) return <Agreements />
  return <Page name="agreements"><PageHead title={t('partner_documents.agreements.title')} /><EmptyState kind="no-right" title={t('partner_documents.agreements.no_right_title')} text={t('partner_documents.agreements.no_right_text')} /></Page>
}

function Agreements() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(query(listAgreements, {}))
  return (
    <Page name="agreements">
      <PageHead title={t('partner_documents.agreements.title')} count={data && t('partner_documents.agreements.count', { count: data.items.length })} crumb={{ to: paths.profile('company'), label: t('profile.title') }} />
      {!data ? error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} />
        : data.items.length === 0 ? <EmptyState kind="nothing" title={t('partner_documents.agreements.empty_title')} text={t('partner_documents.agreements.empty_text')} />
        : <Table items={data.items} />}
    </Page>
  )
}

function Table({ items }: { items: readonly Agreement[] }) {
  const { t } = useTranslation()
  return (
    <div className="table-box agreements">
      <table aria-label={t('partner_documents.agreements.list')}>
        <thead>
          <tr>
            <th scope="col">{t('partner_documents.agreements.name')}</th><th scope="col">{t('partner_documents.agreements.version')}</th><th scope="col">{t('partner_documents.agreements.signed_at')}</th>
            <th scope="col">{t('partner_documents.agreements.signed_by')}</th><th scope="col">{t('partner_documents.agreements.valid_to')}</th><th scope="col" className="num">{t('partner_documents.agreements.actions')}</th>
          </tr>
        </thead>
        <tbody>{items.map((agreement) => <Row key={agreement.id} agreement={agreement} />)}</tbody>
      </table>
    </div>
  )
}

function Row({ agreement: { name, version, signedAt, signedBy, validTo, document } }: { agreement: Agreement }) {
  const { t } = useTranslation()
  const hasEnded = validTo !== null && validTo < today()
  return (
    <tr>
      <td className="card-lead"><span className="agreement-name">{name}</span></td>
      <td data-label={t('partner_documents.agreements.version')}>{version}</td>
      <td data-label={t('partner_documents.agreements.signed_at')}><Time at={signedAt} look="day" /></td>
      <td data-label={t('partner_documents.agreements.signed_by')}>{signedBy}</td>
      <td data-label={t('partner_documents.agreements.valid_to')}>{validTo === null ? <span className="quiet">{t('partner_documents.agreements.no_end')}</span> : <span className="stack"><span>{validTo}</span>{hasEnded && <span><StatusTag tone="warning">{t('partner_documents.agreements.ended')}</StatusTag></span>}</span>}</td>
      <td className="card-full"><div className="row-actions"><a className="row-action" href={documentPath(document)} download aria-label={t('partner_documents.agreements.download_of', { name, version })}>{t('partner_documents.agreements.download')}</a></div></td>
    </tr>
  )
}
