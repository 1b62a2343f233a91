import { AllocateForm } from './AllocateForm.tsx'
import { MoveDialog } from './MoveDialog.tsx'

/** Allocates money to one or several customers, over the list or over a customer's page. */
export const AllocateModal = () => <MoveDialog move="allocate">{(form) => <AllocateForm {...form} />}</MoveDialog>
