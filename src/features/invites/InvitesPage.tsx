import './invites.css'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useSearchParams } from 'react-router'
import { getInviteDesk, type LinkKind } from '#contract/invites.ts'
import { query } from '#src/api/query.ts'
import { BlockedBanner } from '#src/components/BlockedBanner.tsx'
import { Button } from '#src/components/Button.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { Tabs } from '#src/components/Tabs.tsx'
import { formatCount } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { ActivityLinks } from './ActivityLinks.tsx'
import { GeneralLinks } from './GeneralLinks.tsx'
import { InvitationDrawer } from './InvitationDrawer.tsx'
import { InvitationRecords, useInvitationSelection } from './InvitationRecords.tsx'
import { LinkRecords } from './LinkRecords.tsx'
import type { OnOpen, Open } from './open.ts'
import type { Desk } from './use-invitation-acts.ts'
import { type InvitationList, useInvitationList } from './use-invitation-list.ts'
import { type Links, useLinks } from './use-links.ts'

const InviteDialogs = lazy(async () => ({ default: (await import('./InviteDialogs.tsx')).InviteDialogs }))

const kinds = { general: 'GENERAL', custom: 'CUSTOM', activity: 'ACTIVITY' } as const satisfies Record<string, LinkKind>
type LinkTab = keyof typeof kinds
type Tab = LinkTab | 'records'
const tabs: readonly Tab[] = ['general', 'custom', 'activity', 'records']

/** Links to hand out, and what became of every invitation. */
export function InvitesPage() {
  const { t } = useTranslation()
  const mayView = useCan('invite.view')
  if (mayView) return <Invites />
  return <Page name="invites"><PageHead title={t('invites.title')} /><EmptyState kind="no-right" title={t('invites.page.no_right_title')} text={t('invites.page.no_right_text')} /></Page>
}

/** The tab in the address. A link to one invitation leads to the records. */
function useTab(): { tab: Tab; offered: readonly Tab[] } {
  const [search] = useSearchParams()
  const mayLink = useCan('invite.link')
  const offered = mayLink ? tabs : (['records'] as const)
  const wanted = search.get('tab') ?? (search.has('open') ? 'records' : undefined)
  return { offered, tab: offered.find((one) => one === wanted) ?? offered[0] ?? 'records' }
}

function Invites() {
  const { t } = useTranslation()
  const { tab, offered } = useTab()
  const [open, setOpen] = useState<Open>()
  const mayLink = useCan('invite.link')
  const mayExport = useCan('data.export')
  const desk = useQuery(query(getInviteDesk, {}))
  const isRecords = tab === 'records'
  const links = useLinks(isRecords ? 'GENERAL' : kinds[tab], !isRecords)
  const invitations = useInvitationList(isRecords)
  const selection = useInvitationSelection()
  const { list, exportRequest, result } = isRecords ? invitations : links
  const blocked = desk.data?.blocked ? t(`invites.blocked.${desk.data.blocked}`) : undefined
  const close = () => setOpen(undefined)
  return (
    <RevealProvider page="/invites" subject="invitation" viewKey={`${tab} ${list.viewKey}`}>
      <Page name="invites">
        <PageHead
          title={t('invites.title')}
          actions={
            <>
              {mayExport && <span className="only-desk"><Button icon="download" onPress={() => setOpen({ at: 'export', ids: [] })}>{t('invites.page.export')}</Button></span>}
              {mayLink && <Button variant="primary" disabledReason={blocked} onPress={() => setOpen({ at: 'make' })}>{t('invites.page.make')}</Button>}
            </>
          }
        />
        <Tabs label={t('invites.page.tabs')} tabs={offered.map((key) => ({ key, to: paths.invites({ tab: key }), label: t(`invites.tab.${key}`), isCurrent: key === tab }))} />
        {desk.data && <BlockedBanner block={desk.data.blocked ?? desk.data.mailBlocked} manager={desk.data.ecosystemManager} />}
        {isRecords
          ? <><RecordsNote invitations={invitations} /><InvitationRecords invitations={invitations} desk={desk.data} onOpen={setOpen} selection={selection} /></>
          : desk.error && !desk.data ? <ErrorState error={desk.error} onRetry={() => void desk.refetch()} /> : <LinkTabContent tab={tab} desk={desk.data} links={links} blocked={blocked} onOpen={setOpen} />}
        {!open && <InvitationDrawer desk={desk.data} onOpen={setOpen} />}
        <Suspense>
          {open && <InviteDialogs key={open.at} open={open} desk={desk.data} exported={{ request: exportRequest, total: result.data?.total }} onOpen={setOpen} onResent={() => { selection.clear(); close() }} onClose={close} />}
        </Suspense>
      </Page>
    </RevealProvider>
  )
}

function LinkTabContent({ tab, desk, links, blocked, onOpen }: { tab: LinkTab; desk: Desk | undefined; links: Links; blocked: string | undefined; onOpen: OnOpen }) {
  return (
    <>
      {tab === 'general' && (desk ? <GeneralLinks desk={desk} blocked={blocked} onOpen={onOpen} /> : <Skeleton lines={6} />)}
      {tab === 'activity' && (desk ? <ActivityLinks activities={desk.activities} blocked={blocked} onOpen={onOpen} /> : <Skeleton lines={4} />)}
      <LinkRecords links={links} tab={kinds[tab]} desk={desk} onOpen={onOpen} />
    </>
  )
}

/** How many there are, and how many wait for somebody. Its line stands from the start, so that the list does not jump. */
function RecordsNote({ invitations: { result: { data }, isFiltered } }: { invitations: InvitationList }) {
  const { t } = useTranslation()
  const count = data && t(isFiltered ? 'invites.list.count_filtered' : 'invites.list.count', { count: data.total, replace: { count: formatCount(data.total) } })
  return <p className="caption records-note">{count}{data && data.toCure > 0 && <>{t('invites.list.separator')}<Link to={paths.invites({ tab: 'records', todo: 'cure' })}>{t('invites.list.to_cure', { count: data.toCure })}</Link></>}</p>
}
