import type { ExportRequest } from '#contract/exports.ts'
import type { Invitation } from '#contract/invites.ts'
import { EmailDialog } from '#src/components/EmailDialog.tsx'
import { ExportDialog } from '#src/components/ExportDialog.tsx'
import { useCan } from '#src/session/use-session.ts'
import { CureDialog } from './CureDialog.tsx'
import { InsteadDialog } from './InsteadDialog.tsx'
import { LinkDialog } from './LinkDialog.tsx'
import { LinkForm } from './LinkForm.tsx'
import { ReplaceLinkQuestion, RevokeLinkQuestion } from './LinkQuestions.tsx'
import type { OnOpen, Open } from './open.ts'
import { ResendDialog } from './ResendDialog.tsx'
import { RevokeQuestion } from './RevokeQuestion.tsx'
import { isPending } from './rules.ts'
import type { Desk } from './use-invitation-acts.ts'

type Props = { open: Open; desk: Desk | undefined; exported: { request: ExportRequest; total: number | undefined }; onOpen: OnOpen; onResent: () => void; onClose: () => void }

/** The one dialog over the page. */
export function InviteDialogs({ open, desk, exported, onOpen, onResent, onClose }: Props) {
  switch (open.at) {
    case 'make': return desk ? <LinkForm desk={desk} onOpen={onOpen} onClose={onClose} /> : null
    case 'link': return <LinkDialog link={open.link} title={open.title} onClose={onClose} />
    case 'replace': return <ReplaceLinkQuestion link={open.link} onOpen={onOpen} onClose={onClose} />
    case 'revokeLink': return <RevokeLinkQuestion link={open.link} onClose={onClose} />
    case 'instead': return <InsteadDialog associationType={open.associationType} onOpen={onOpen} onClose={onClose} />
    case 'resend': return <ResendDialog rows={open.rows} associationType={open.associationType} isNew={open.isNew} desk={desk} onDone={onResent} onClose={onClose} />
    case 'email': return <ChangeEmail row={open.row} onOpen={onOpen} onClose={onClose} />
    case 'revoke': return <RevokeQuestion row={open.row} onClose={onClose} />
    case 'cure': return <CureDialog row={open.row} desk={desk} onOpen={onOpen} onClose={onClose} />
    case 'export': return <ExportDialog request={exported.request} total={exported.total} selectedIds={open.ids} onClose={onClose} />
  }
}

/** Whoever comes because a mail failed is offered the next one. */
function ChangeEmail({ row, onOpen, onClose }: { row: Invitation; onOpen: OnOpen; onClose: () => void }) {
  const maySend = useCan('invite.send')
  if (row.prospectId === null) return null
  const onSaved = () => (row.state === 'SEND_FAILED' && maySend ? onOpen({ at: 'resend', rows: [row], isNew: true }) : onClose())
  return <EmailDialog of={{ id: row.prospectId, nameMasked: row.nameMasked, emailMasked: row.emailMasked }} hasPendingLink={isPending(row)} onSaved={onSaved} onClose={onClose} />
}
