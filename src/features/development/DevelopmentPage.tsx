import './development.css'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { useSearchParams } from 'react-router'
import type { Prospect } from '#contract/prospects.ts'
import { ApiError } from '#src/api/api-error.ts'
import { BlockedBanner } from '#src/components/BlockedBanner.tsx'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { type Selection, useSelection } from '#src/components/use-selection.ts'
import { formatCount } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { type OpenDialog, ProspectDialogs } from './ProspectDialogs.tsx'
import { ProspectTable } from './ProspectTable.tsx'
import { type Desk, useDesk } from './use-desk.ts'
import { type ProspectList, useProspectList } from './use-prospect-list.ts'
import { useWhyNotBatch } from './use-why-not-batch.ts'

/** Prospects: reported, reviewed, invited, and on their way to become customers. */
export const DevelopmentPage = () => (useCan('prospect.view') ? <Development /> : <NoDevelopment />)

function Development() {
  const prospects = useProspectList()
  const desk = useDesk()
  const selection = useSelection<Prospect>((row) => row.id)
  const [search, setSearch] = useSearchParams()
  const [opened, setOpened] = useState<OpenDialog>()
  // Other pages lead here with the form already open.
  const open: OpenDialog | undefined = opened ?? (search.get('do') === 'preregister' && desk.mayReport && desk.blocked === null ? { at: 'report' } : undefined)
  const close = () => {
    setOpened(undefined)
    if (search.has('do')) setSearch((present) => new URLSearchParams([...present].filter(([name]) => name !== 'do')), { replace: true })
  }
  return (
    <RevealProvider page="/customers/development" subject="prospect" viewKey={prospects.list.viewKey}>
      <Page name="development">
        <Head prospects={prospects} desk={desk} selection={selection} onOpen={setOpened} />
        <BlockedBanner block={desk.mailBlocked} manager={desk.manager} />
        <Content prospects={prospects} desk={desk} selection={selection} onOpen={setOpened} />
        <ProspectDialogs open={open} prospects={prospects} desk={desk} onOpen={setOpened} onClose={close} onInvited={selection.clear} />
      </Page>
    </RevealProvider>
  )
}

type Parts = { prospects: ProspectList; desk: Desk; selection: Selection<Prospect>; onOpen: (dialog: OpenDialog) => void }

function Head({ prospects: { result, isFiltered }, desk, selection, onOpen }: Parts) {
  const { t } = useTranslation()
  const mayExport = useCan('prospect.export')
  const noBatch = useWhyNotBatch(selection.count, desk)
  const { data } = result
  const count = data && t(isFiltered ? 'development.count_filtered' : 'development.count', { count: data.total, replace: { count: formatCount(data.total) } })
  return (
    <PageHead
      title={t('development.title')} count={data && `${count} · ${t('development.counter', { used: data.used, max: data.max })}`}
      actions={(
        <>
          {mayExport && <span className="only-desk"><Button icon="download" onPress={() => onOpen({ at: 'export', ids: selection.rows.map((row) => row.id) })}>{t('development.export')}</Button></span>}
          {desk.mayLink && <span className="only-desk"><ButtonLink to={paths.invites()}>{t('development.links')}</ButtonLink></span>}
          {desk.maySend && <span className="only-desk"><Button disabledReason={noBatch} onPress={() => onOpen({ at: 'batch', rows: selection.rows })}>{t('development.batch')}</Button></span>}
          {desk.mayReport && <Button variant="primary" disabledReason={desk.blocked ? t('development.why.blocked') : undefined} onPress={() => onOpen({ at: 'report' })}>{t('development.preregister')}</Button>}
        </>
      )}
    />
  )
}

function Content(parts: Parts) {
  const { t } = useTranslation()
  const { list, result, clear } = parts.prospects
  // An address with a look-up that the server no longer keeps, e.g. from an earlier sign-in or from somebody else.
  const isViewGone = list.view !== undefined && result.error instanceof ApiError && result.error.failure.code === 'not_found'
  if (isViewGone) return <EmptyState kind="no-match" title={t('development.view_gone')} text={t('development.no_match_text')} onClear={clear} />
  return <ProspectTable {...parts} />
}

/** For members who may not see prospects: says so, and whom to ask. */
function NoDevelopment() {
  const { t } = useTranslation()
  return (
    <Page name="no-right">
      <PageHead title={t('development.title')} />
      <EmptyState kind="no-right" title={t('common.state.no_right_title')} text={t('common.state.no_right_text')} />
    </Page>
  )
}
