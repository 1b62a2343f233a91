import { useTranslation } from 'react-i18next'
import { deleteExport, type ExportTask, queryExports } from '#contract/exports.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
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
    <ModalShell
      title={t('exports.delete_title')} size="question" onClose={onClose} isLocked={remove.isBusy}
      footer={(close) => <><Button onPress={close}>{t('common.cancel')}</Button><Button variant="danger" isBusy={remove.isBusy} onPress={() => remove.submit({ params: { id } })}>{t('exports.delete_button', { number })}</Button></>}
    >
      <p className="second">{t('exports.delete_text', { number, content: t(`exports.content.${content}`) })}</p>
      <FormError error={remove.error} />
    </ModalShell>
  )
}
