import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { assignCustomers, type previewAssignment } from '#contract/assignments.ts'
import type { Answer } from '#contract/endpoint.ts'
import { ApiError } from '#src/api/api-error.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { showToast } from '#src/components/toast.ts'
import { paths } from '#src/paths.ts'
import { refusedRows } from './rules.ts'
import { staleAfter } from './stale.ts'

export type Present = Answer<typeof previewAssignment>['items'][number]

/** Assigns customers and says so; refused ones are told by row. @param onDone follows a success. */
export function useAssign(onDone: () => void) {
  const { t } = useTranslation()
  const [sent, setSent] = useState<readonly Present[]>([])
  const act = useApiMutation(assignCustomers, {
    invalidates: staleAfter,
    onSuccess: ({ count, manager, countsFrom }) => {
      showToast({
        tone: 'success', title: t('assignments.assigning.done', { count, manager: manager.nameMasked }), text: t('assignments.assigning.done_text', { day: countsFrom }),
        link: { to: paths.managed(manager.id), label: t('assignments.assigning.done_link') },
      })
      onDone()
    },
  })
  const submit = (managerId: string, rows: readonly Present[]) => {
    setSent(rows)
    act.submit({ body: { managerId, customerIds: rows.map((row) => row.id), change: rows.some((row) => row.manager !== null) } })
  }
  const refused = refusedRows(act.error instanceof ApiError ? act.error.failure.rows : undefined, sent)
  return { act, submit, refused, rest: sent.filter((row) => refused.every((one) => one.row.id !== row.id)) }
}
