import { lazy, Suspense } from 'react'
import type { Prospect } from '#contract/prospects.ts'
import type { RowDialog } from './ProspectActions.tsx'
import { hasPendingLink } from './rules.ts'
import type { Desk } from './use-desk.ts'
import type { ProspectList } from './use-prospect-list.ts'

const ExportDialog = lazy(async () => ({ default: (await import('#src/components/ExportDialog.tsx')).ExportDialog }))
const PreregisterDialog = lazy(async () => ({ default: (await import('./PreregisterDialog.tsx')).PreregisterDialog }))
const InviteDialog = lazy(async () => ({ default: (await import('./InviteDialog.tsx')).InviteDialog }))
const BatchDialog = lazy(async () => ({ default: (await import('./BatchDialog.tsx')).BatchDialog }))
const EmailDialog = lazy(async () => ({ default: (await import('#src/components/EmailDialog.tsx')).EmailDialog }))
const CauseDialog = lazy(async () => ({ default: (await import('./CauseDialog.tsx')).CauseDialog }))

export type OpenDialog = RowDialog | { at: 'batch'; rows: readonly Prospect[] } | { at: 'export'; ids: readonly string[] }

type Props = {
  open: OpenDialog | undefined
  prospects: ProspectList
  desk: Desk
  onOpen: (dialog: OpenDialog) => void
  onClose: () => void
  /** A batch was sent. */
  onInvited: () => void
}

/** The one dialog that is open. Its code arrives at the first press. */
export function ProspectDialogs({ open, prospects, desk, onOpen, onClose, onInvited }: Props) {
  return (
    <Suspense>
      {open?.at === 'report' && <PreregisterDialog desk={desk} managers={prospects.managers} onFind={(mobile) => prospects.setLookup({ mobile })} onClose={onClose} />}
      {open?.at === 'invite' && <InviteDialog row={open.row} desk={desk} {...(open.cure && { cure: open.cure })} onClose={onClose} />}
      {open?.at === 'email' && <EmailDialog of={open.row} hasPendingLink={hasPendingLink(open.row)} onSaved={onClose} onClose={onClose} />}
      {open?.at === 'cause' && <CauseDialog row={open.row} desk={desk} onReport={() => onOpen({ at: 'report' })} onClose={onClose} />}
      {open?.at === 'batch' && <BatchDialog rows={open.rows} desk={desk} onSent={onInvited} onClose={onClose} />}
      {open?.at === 'export' && <ExportDialog request={prospects.exportRequest} total={prospects.result.data?.total} selectedIds={open.ids} onClose={onClose} />}
    </Suspense>
  )
}
