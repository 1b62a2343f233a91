import { InviteDialog } from './InviteDialog.tsx'
import type { Open } from './open.ts'
import { SpecialistQuestion } from './SpecialistQuestion.tsx'

/** The one dialog over the page. */
export const SpecialistDialogs = ({ open, onClose }: { open: Open; onClose: () => void }) =>
  (open.at === 'invite' ? <InviteDialog onClose={onClose} /> : <SpecialistQuestion act={open.at} row={open.row} onClose={onClose} />)
