import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Answer } from '#contract/endpoint.ts'
import type { getInviteDesk } from '#contract/invites.ts'
import { Button } from '#src/components/Button.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { Section } from '#src/components/Section.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { TableGrid } from '#src/components/TableGrid.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import type { OnOpen } from './open.ts'
import { QrMenu } from './QrMenu.tsx'
import { useCopyLink } from './use-copy-link.ts'
import { useMakeLink } from './use-make-link.ts'

type Activity = Answer<typeof getInviteDesk>['activities'][number]

/** One order and no pages: open activities are few. */
const oneOrder = { page: 1, pageSize: 10, sort: '', setPage: () => undefined, setPageSize: () => undefined, setSort: () => undefined, isFiltered: false, clearFilter: () => undefined }

/** The vendor's open activities, each with the person's own link. */
export function ActivityLinks({ activities, blocked, onOpen }: { activities: readonly Activity[]; blocked: string | undefined; onOpen: OnOpen }) {
  const { t } = useTranslation()
  if (activities.length === 0) return <EmptyState kind="nothing" title={t('invites.activity.empty_title')} text={t('invites.activity.empty_text')} />
  const columns: Column<Activity>[] = [
    { key: 'name', header: t('invites.activity.name'), width: 300, card: 'lead', cell: (row) => row.name },
    { key: 'type', header: t('invites.records.type'), width: 110, cell: (row) => t(`invites.type.${row.associationType}`) },
    { key: 'from', header: t('invites.activity.from'), width: 130, cell: (row) => <Time at={row.from} /> },
    { key: 'to', header: t('invites.activity.to'), width: 130, cell: (row) => <Time at={row.to} /> },
    { key: 'state', header: t('invites.activity.state'), width: 120, card: 'state', cell: (row) => <StatusTag tone={row.state === 'ACTIVE' ? 'success' : 'neutral'} isPlain>{t(`invites.activity.${row.state}`)}</StatusTag> },
  ]
  return (
    <Section title={t('invites.activity.list')} note={t('invites.activity.note')}>
      <TableGrid
        label={t('invites.activity.list')} shown={columns} rows={activities} rowKey={(row) => row.id} rowLabel={(row) => row.name} list={oneOrder} isWaiting={false}
        actions={(row) => <Actions activity={row} blocked={blocked} onOpen={onOpen} />} actionsWidth={200}
      />
    </Section>
  )
}

function Actions({ activity, blocked, onOpen }: { activity: Activity; blocked: string | undefined; onOpen: OnOpen }) {
  const { t } = useTranslation()
  const copy = useCopyLink(onOpen)
  const make = useMakeLink(onOpen)
  const { link } = activity
  if (!link) return <Button variant="row" isBusy={make.isBusy} disabledReason={blocked} onPress={() => make.submit({ body: { kind: 'ACTIVITY', activityId: activity.id } })}>{t('invites.activity.generate')}</Button>
  return (
    <>
      <Button variant="row" onPress={() => void copy(link)}>{t('invites.link.copy')}</Button>
      <QrMenu link={link} look="row" />
      <Button variant="row" onPress={() => onOpen({ at: 'link', link })}>{t('invites.link.show')}</Button>
    </>
  )
}
