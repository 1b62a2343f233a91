import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { InviteLink, LinkState } from '#contract/invites.ts'
import { StatusTag, type Tone } from '#src/components/StatusTag.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { formatCount } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { isAlive } from './address.ts'
import type { OnOpen } from './open.ts'

const tones = { NOT_STARTED: 'info', ACTIVE: 'success', REVOKED: 'neutral', EXPIRED: 'neutral' } as const satisfies Record<LinkState, Tone>

/** The columns of the links that were made. @param hasKinds whether several kinds are in view. */
export function useLinkColumns(hasKinds: boolean, onOpen: OnOpen): Column<InviteLink>[] {
  const { t, i18n } = useTranslation()
  const isEnglish = i18n.language === 'en-US'
  const mayOpen = useCan('invite.link')
  const count = (key: 'opened' | 'registered' | 'associated', width: number): Column<InviteLink> => ({
    key, header: t(`invites.records.${key}`), width, isNumber: true, ...(key === 'associated' && { sort: 'associated' }),
    // Who came through it stands in the records; somebody who merely opened it is nobody known.
    cell: (row) => (key === 'opened' || row[key] === 0 ? formatCount(row[key]) : <Link to={paths.invites({ tab: 'records', linkId: row.id })}>{formatCount(row[key])}</Link>),
  })
  return [
    {
      key: 'label', header: t('invites.records.label'), width: hasKinds ? 140 : isEnglish ? 148 : 170, card: 'lead', isFixed: true,
      cell: (row) => (isAlive(row) && mayOpen
        ? <button type="button" className="link-label" aria-label={t('invites.link.show_row', { label: row.label })} onClick={() => onOpen({ at: 'link', link: row })}>{row.label}</button>
        : <span className="link-label-text" title={row.label}>{row.label}</span>),
    },
    ...(hasKinds ? [{ key: 'kind', header: t('invites.records.kind'), width: 110, cell: (row: InviteLink) => t(`invites.kind.${row.kind}`) }] : []),
    { key: 'type', header: t('invites.records.type'), width: 76, cell: (row) => t(`invites.type.${row.associationType}`) },
    { key: 'createdBy', header: t('invites.records.created_by'), width: isEnglish ? 84 : 72, cell: (row) => row.createdBy.nameMasked },
    { key: 'created', header: t('invites.records.created'), width: 108, sort: 'createdAt', cell: (row) => <Time at={row.createdAt} /> },
    { key: 'validUntil', header: t('invites.records.valid_until'), width: 92, cell: (row) => (row.validUntil ? <Time at={row.validUntil} /> : <span className="second">{t('invites.link.forever_short')}</span>) },
    { key: 'state', header: t('invites.records.state'), width: 90, card: 'state', cell: (row) => <StatusTag tone={tones[row.state]} isPlain={row.state === 'ACTIVE'}>{t(`invites.records.states.${row.state}`)}</StatusTag> },
    count('opened', isEnglish ? 66 : 60), count('registered', isEnglish ? 80 : 60), count('associated', isEnglish ? 98 : 78),
    { key: 'lastUsed', header: t('invites.records.last_used'), width: 104, cell: (row) => (row.lastUsedAt ? <Time at={row.lastUsedAt} /> : <span className="quiet">–</span>) },
  ]
}
