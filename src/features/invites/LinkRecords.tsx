import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Answer } from '#contract/endpoint.ts'
import { getInviteChoices, type getInviteDesk, type InviteLink, type LinkKind } from '#contract/invites.ts'
import { query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { DataTable } from '#src/components/DataTable.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { isSet } from '#src/components/filter-types.ts'
import { Section } from '#src/components/Section.tsx'
import { zoneName } from '#src/lib/format.ts'
import { usePhone } from '#src/lib/use-media.ts'
import { useCan } from '#src/session/use-session.ts'
import { isAlive } from './address.ts'
import { linkFilters, linkSortFilter } from './link-filters.ts'
import type { OnOpen } from './open.ts'
import { QrMenu } from './QrMenu.tsx'
import { useCopyLink } from './use-copy-link.ts'
import { useLinkColumns } from './use-link-columns.tsx'
import type { Links } from './use-links.ts'

type Props = { links: Links; tab: LinkKind; desk: Answer<typeof getInviteDesk> | undefined; onOpen: OnOpen }

/** What became of the links that were made. */
export function LinkRecords({ links, tab, desk, onOpen }: Props) {
  const { t } = useTranslation()
  const isPhone = usePhone()
  const { list, result, kind } = links
  const people = useQuery({ ...query(getInviteChoices, {}), staleTime: 60_000, enabled: result.data !== undefined }).data?.inviters ?? []
  const columns = useLinkColumns(kind === 'ALL', onOpen)
  const filters = linkFilters(links, tab, people, t)
  const chosen = filters.filter(isSet)
  const first = result.data?.items[0]
  const note = kind === 'CUSTOM' ? desk && t('invites.records.note_CUSTOM', { used: desk.customLinks.used, max: desk.customLinks.max }) : kind === 'ALL' ? undefined : t(`invites.records.note_${kind}`)
  return (
    <Section title={t('invites.records.title')} note={note}>
      <DataTable
        name="invite-links" label={t('invites.records.title')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.label} result={result} list={list}
        filters={<FilterBar search={{ label: t('invites.records.search'), value: list.filter.label ?? '', onChange: (label) => list.setFilter({ label: label === '' ? undefined : label }), minLength: 1 }} filters={isPhone ? [...filters, linkSortFilter(links, t)] : filters} inLine={4} onClear={list.clearFilter} />}
        actions={(row) => <Actions link={row} onOpen={onOpen} />} actionsWidth={t('invites.link.download').length > 6 ? 224 : 206}
        empty={{ title: t('invites.records.empty_title'), text: t('invites.records.empty_text') }}
        noMatch={{ chips: chosen.map((filter) => <SetFilter key={filter.key} filter={filter} />) }} onClear={list.clearFilter}
        foot={first && t('invites.records.foot', { zone: zoneName(first.createdAt) })}
      />
    </Section>
  )
}

function Actions({ link, onOpen }: { link: InviteLink; onOpen: OnOpen }) {
  const { t } = useTranslation()
  const copy = useCopyLink(onOpen)
  const mayLink = useCan('invite.link')
  if (!isAlive(link)) return <span className="quiet">{t('invites.link.dead')}</span>
  if (!mayLink) return null
  return (
    <>
      <Button variant="row" onPress={() => void copy(link)}>{t('invites.link.copy')}</Button>
      <QrMenu link={link} look="row" />
      <Button variant="row" onPress={() => onOpen({ at: 'revokeLink', link })}>{t('invites.link.revoke')}</Button>
    </>
  )
}
