import { lazy, Suspense } from 'react'
import type { ExportRequest } from '#contract/exports.ts'
import type { IncentiveLine } from '#contract/incentives.ts'

const ConfirmDialog = lazy(async () => ({ default: (await import('./ConfirmDialog.tsx')).ConfirmDialog }))
const FeedbackDialog = lazy(async () => ({ default: (await import('./FeedbackDialog.tsx')).FeedbackDialog }))
const ExportDialog = lazy(async () => ({ default: (await import('#src/components/ExportDialog.tsx')).ExportDialog }))

export type OpenDialog = { at: 'confirm'; ids: readonly string[] } | { at: 'feedback'; line: IncentiveLine } | { at: 'export'; ids: readonly string[] }

type Props = { open: OpenDialog | undefined; /** What the list in view would export. */ exported: { request: ExportRequest; total: number | undefined }; /** The ticked statements were confirmed. */ onConfirmed?: () => void; onClose: () => void }

/** The one dialog that is open. Its code arrives at the first press. */
export const IncentiveDialogs = ({ open, exported: { request, total }, onConfirmed = () => undefined, onClose }: Props) => (
  <Suspense>
    {open?.at === 'confirm' && <ConfirmDialog ids={open.ids} onDone={onConfirmed} onClose={onClose} />}
    {open?.at === 'feedback' && <FeedbackDialog line={open.line} onClose={onClose} />}
    {open?.at === 'export' && <ExportDialog request={request} selectedIds={open.ids} total={total} onClose={onClose} />}
  </Suspense>
)
