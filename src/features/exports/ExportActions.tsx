import { useTranslation } from '#src/i18n/use-translation.ts'
import { exportFilePath, type ExportTask, queryExports, retryExport } from '#contract/exports.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { tellError } from '#src/components/form-error.ts'
import { showToast } from '#src/components/toast.ts'

/** What can be done with an export in its state. */
export function ExportActions({ task, onDelete }: { task: ExportTask; onDelete: () => void }) {
  const { t } = useTranslation()
  const { id, number, state } = task
  const retry = useApiMutation(retryExport, {
    invalidates: [queryExports],
    onSuccess: () => showToast({ tone: 'success', title: t('exports.retried'), text: number, isBrief: true }),
    onError: (error) => showToast({ tone: 'danger', title: tellError(error).text }),
  })
  return (
    <>
      {/* The attribute keeps the page where it is, should the server refuse: the file may be gone or the sign-in over. */}
      {state === 'COMPLETED' && <a className="row-action" href={exportFilePath(id)} download aria-label={t('exports.download_of', { number })}>{t('exports.download')}</a>}
      {state === 'FAILED' && <Button variant="row" isBusy={retry.isBusy} aria-label={t('exports.retry_of', { number })} onPress={() => retry.submit({ params: { id }, body: {} })}>{t('exports.retry')}</Button>}
      <Button variant="row" aria-haspopup="dialog" aria-label={t('exports.delete_of', { number })} onPress={onDelete}>{t('exports.delete')}</Button>
    </>
  )
}
