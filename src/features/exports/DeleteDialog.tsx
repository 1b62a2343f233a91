import { useTranslation } from '#src/i18n/use-translation.ts'
import { deleteExport, type ExportTask, queryExports } from '#contract/exports.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Question } from '#src/components/Question.tsx'
import { showToast } from '#src/components/toast.ts'

/** Asks before a file is deleted for good. @param onDeleted follows `onClose`: the button that opened the dialog leaves with its row. */
export function DeleteDialog({ task: { id, number, content }, onClose, onDeleted }: { task: ExportTask; onClose: () => void; onDeleted: () => void }) {
  const { t } = useTranslation()
  const remove = useApiMutation(deleteExport, {
    invalidates: [queryExports],
    onSuccess: () => {
      showToast({ tone: 'success', title: t('exports.deleted'), text: number })
      onClose()
      onDeleted()
    },
  })
  return (
    <Question isDanger title={t('exports.delete_title')} verb={t('exports.delete_button', { number })} act={remove} onConfirm={() => remove.submit({ params: { id } })} onClose={onClose}>
      {t('exports.delete_text', { number, content: t(`exports.content.${content}`) })}
    </Question>
  )
}
