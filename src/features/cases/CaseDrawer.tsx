import { useTranslation } from '#src/i18n/use-translation.ts'
import { useSearchParams } from 'react-router'
import { type Case, documentPath } from '#contract/company.ts'
import { Drawer } from '#src/components/Drawer.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { Time } from '#src/components/Time.tsx'
import { formatBytes } from '#src/lib/bytes.ts'
import { CaseStateTag } from './CaseStateTag.tsx'

/** The case that the address names by `open`. @param rows of the page in view; undefined while it loads. */
export function CaseDrawer({ rows }: { rows: readonly Case[] | undefined }) {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const id = search.get('open')
  if (id === null || rows === undefined) return null
  const found = rows.find((row) => row.id === id)
  const close = () => setSearch((present) => {
    const next = new URLSearchParams(present)
    next.delete('open')
    return next
  }, { replace: true, preventScrollReset: true })
  return (
    <Drawer title={t('partner_documents.cases.drawer')} onClose={close}>
      {found ? <Content row={found} /> : <EmptyState kind="no-right" title={t('partner_documents.cases.gone_title')} text={t('partner_documents.cases.gone_text')} />}
    </Drawer>
  )
}

function Content({ row }: { row: Case }) {
  const { t } = useTranslation()
  return (
    <>
      <Facts facts={[
        { key: 'name', label: t('partner_documents.cases.name'), value: row.name },
        { key: 'kind', label: t('partner_documents.cases.kind'), value: t(`partner_documents.cases.kinds.${row.kind}`) },
        { key: 'submitted', label: t('partner_documents.cases.submitted_at'), value: <Time at={row.submittedAt} look="full" /> },
        { key: 'state', label: t('partner_documents.cases.state'), value: <CaseStateTag state={row.state} /> },
        ...(row.state === 'REJECTED' ? [{ key: 'reason', label: t('partner_documents.cases.reason'), value: row.reason ?? t('partner_documents.cases.no_reason') }] : []),
      ]}
      />
      <section className="case-material" aria-labelledby="case-material">
        <h3 id="case-material">{t('partner_documents.cases.materials')}</h3>
        {row.materials.length === 0 ? <p className="caption">{t('partner_documents.cases.no_material')}</p> : (
          <ul>
            {row.materials.map(({ id, name, bytes }) => (
              <li key={id}><span className="stack"><span>{name}</span><span>{formatBytes(bytes)}</span></span><a className="row-action" href={documentPath(id)} download aria-label={t('partner_documents.cases.download_of', { name })}>{t('partner_documents.cases.download')}</a></li>
            ))}
          </ul>
        )}
      </section>
    </>
  )
}
