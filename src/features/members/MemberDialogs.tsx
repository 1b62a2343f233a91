import { CreateDialog } from './CreateDialog.tsx'
import { EditDialog } from './EditDialog.tsx'
import type { Open } from './open.ts'
import { ResetQuestion } from './ResetQuestion.tsx'
import { RightsDialog } from './RightsDialog.tsx'
import { EndQuestion, UnlockQuestion } from './SignInQuestions.tsx'
import { StateQuestion } from './StateQuestion.tsx'

/** The one dialog over the page. */
export function MemberDialogs({ open, onClose }: { open: Open; onClose: () => void }) {
  switch (open.at) {
    case 'create': return <CreateDialog onClose={onClose} />
    case 'edit': return <EditDialog member={open.member} onClose={onClose} />
    case 'rights': return <RightsDialog member={open.member} onClose={onClose} />
    case 'reset': return <ResetQuestion member={open.member} onClose={onClose} />
    case 'unlock': return <UnlockQuestion member={open.member} onClose={onClose} />
    case 'end': return <EndQuestion member={open.member} onClose={onClose} />
    case 'disable': return <StateQuestion member={open.member} to="DISABLED" onClose={onClose} />
    case 'enable': return <StateQuestion member={open.member} to="ACTIVE" onClose={onClose} />
  }
}
