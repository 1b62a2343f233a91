import { useTranslation } from '#src/i18n/use-translation.ts'
import { queryWhitelist, removeFromWhitelist, type WhitelistEntry } from '#contract/coupon-whitelist.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Question } from '#src/components/Question.tsx'
import { showToast } from '#src/components/toast.ts'

/** Asks before a customer is taken off the whitelist. */
export function RemoveQuestion({ row, onClose }: { row: WhitelistEntry; onClose: () => void }) {
  const { t } = useTranslation()
  const remove = useApiMutation(removeFromWhitelist, {
    invalidates: [queryWhitelist],
    onSuccess: () => {
      showToast({ tone: 'success', title: t('whitelist.remove.done'), isBrief: true })
      onClose()
    },
  })
  return (
    <Question title={t('whitelist.remove.title')} verb={t('whitelist.remove.verb')} isDanger act={remove} onConfirm={() => remove.submit({ params: { id: row.id } })} onClose={onClose}>
      {t('whitelist.remove.text', { name: row.nameMasked })}
    </Question>
  )
}
