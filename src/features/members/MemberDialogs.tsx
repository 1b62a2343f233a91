import { ExportDialog } from '#src/components/ExportDialog.tsx'
import { AuthenticatorsQuestion } from './AuthenticatorsQuestion.tsx'
import { CreateDialog } from './CreateDialog.tsx'
import { DeleteQuestion } from './DeleteQuestion.tsx'
import { EditDialog } from './EditDialog.tsx'
import type { Open } from './open.ts'
import { ResetQuestion } from './ResetQuestion.tsx'
import { RightsDialog } from './RightsDialog.tsx'
import { EndQuestion, UnlockQuestion } from './SignInQuestions.tsx'
import { StateQuestion } from './StateQuestion.tsx'
import type { MemberList } from './use-member-list.ts'

/** The one dialog over the page. */
export function MemberDialogs({ open, members, onClose }: { open: Open; /** What an export takes. */ members: { exportRequest: MemberList['exportRequest']; total: number | undefined }; onClose: () => void }) {
  switch (open.at) {
    case 'create': return <CreateDialog onClose={onClose} />
    case 'export': return <ExportDialog request={members.exportRequest} total={members.total} onClose={onClose} />
    case 'edit': return <EditDialog member={open.member} onClose={onClose} />
    case 'rights': return <RightsDialog member={open.member} onClose={onClose} />
    case 'reset': return <ResetQuestion member={open.member} onClose={onClose} />
    case 'unlock': return <UnlockQuestion member={open.member} onClose={onClose} />
    case 'end': return <EndQuestion member={open.member} onClose={onClose} />
    case 'disable': return <StateQuestion member={open.member} to="DISABLED" onClose={onClose} />
    case 'enable': return <StateQuestion member={open.member} to="ACTIVE" onClose={onClose} />
    case 'delete': return <DeleteQuestion member={open.member} onClose={onClose} />
    case 'authenticators': return <AuthenticatorsQuestion member={open.member} count={open.count} onClose={onClose} />
  }
}
