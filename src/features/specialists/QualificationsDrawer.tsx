import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { useSearchParams } from 'react-router'
import type { Answer } from '#contract/endpoint.ts'
import { Id } from '#contract/page.ts'
import { getQualifications, QualificationKind } from '#contract/specialists.ts'
import { query } from '#src/api/query.ts'
import { Drawer } from '#src/components/Drawer.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { Time } from '#src/components/Time.tsx'
import { formatMonth } from '#src/lib/format.ts'

/** The qualifications of the bound specialist that the address names by `open`: to read only. */
export function QualificationsDrawer() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const id = Id.safeParse(search.get('open'))
  const { data, error, refetch } = useQuery({ ...query(getQualifications, { params: { id: id.data ?? '' } }), enabled: id.success })
  if (!id.success) return null
  const close = () => setSearch((present) => {
    const next = new URLSearchParams(present)
    next.delete('open')
    return next
  }, { replace: true, preventScrollReset: true })
  return <Drawer title={t('specialists.drawer.title')} onClose={close}>{data ? <Content data={data} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />}</Drawer>
}

function Content({ data: { specialist, items, changedAt } }: { data: Answer<typeof getQualifications> }) {
  const { t } = useTranslation()
  return (
    <div className="specialist">
      <Facts facts={[
        { key: 'name', label: t('specialists.field.name'), value: <MaskedText id={specialist.id} field="name" masked={specialist.nameMasked} label={t('specialists.field.name')} /> },
        { key: 'account', label: t('specialists.field.account'), value: specialist.accountMasked === null ? <span className="quiet">–</span> : <MaskedText id={specialist.id} field="accountName" masked={specialist.accountMasked} label={t('specialists.field.account')} /> },
        { key: 'bound', label: t('specialists.field.bound_at'), value: specialist.boundAt === null ? <span className="quiet">–</span> : <Time at={specialist.boundAt} look="full" /> },
        { key: 'changed', label: t('specialists.drawer.changed_at'), value: changedAt === null ? t('specialists.drawer.never') : <Time at={changedAt} look="full" /> },
      ]}
      />
      <p className="caption">{t('specialists.drawer.note')}</p>
      {QualificationKind.options.map((kind) => {
        const own = items.filter((item) => item.kind === kind)
        return (
          <section key={kind}>
            <h3>{t(`specialists.kind.${kind}`)}</h3>
            {own.length === 0 ? <p className="caption">{t('specialists.drawer.nothing')}</p> : (
              <ul className="specialist-items">
                {own.map(({ title, organization, from, to, note }) => (
                  <li key={`${title} ${organization} ${from}`}>
                    <p className="strong">{title}</p>
                    <p>{organization}</p>
                    <p className="caption">{to === null ? t('specialists.drawer.since', { from: formatMonth(from) }) : t('specialists.drawer.span', { from: formatMonth(from), to: formatMonth(to) })}</p>
                    {note !== '' && <p>{note}</p>}
                  </li>
                ))}
              </ul>
            )}
          </section>
        )
      })}
    </div>
  )
}
