import { MoveDialog } from './MoveDialog.tsx'
import { ReclaimForm } from './ReclaimForm.tsx'

/** Takes money back from one or several customers, over the list or over a customer's page. */
export const ReclaimModal = () => <MoveDialog move="reclaim">{(form) => <ReclaimForm {...form} />}</MoveDialog>
