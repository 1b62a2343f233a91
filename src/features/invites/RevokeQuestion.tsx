import { useTranslation } from '#src/i18n/use-translation.ts'
import { getInvitation, type Invitation, queryInvitations, revokeInvitation } from '#contract/invites.ts'
import { queryProspects } from '#contract/prospects.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Question } from '#src/components/Question.tsx'
import { showToast } from '#src/components/toast.ts'

/** Takes a mail invitation back while it is pending. */
export function RevokeQuestion({ row, onClose }: { row: Invitation; onClose: () => void }) {
  const { t } = useTranslation()
  const revoke = useApiMutation(revokeInvitation, {
    invalidates: [queryInvitations, getInvitation, queryProspects],
    onSuccess: () => {
      showToast({ tone: 'success', title: t('invites.revoke.done'), isBrief: true })
      onClose()
    },
  })
  return (
    <Question isDanger title={t('invites.revoke.title')} verb={t('invites.revoke.act')} act={revoke} onConfirm={() => revoke.submit({ params: { id: row.id }, body: {} })} onClose={onClose}>
      {t('invites.revoke.text', { name: row.nameMasked ?? row.number })}
    </Question>
  )
}
