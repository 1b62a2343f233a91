import { useTranslation } from '#src/i18n/use-translation.ts'
import { getMember, type Member, queryMembers, removeMemberAuthenticators } from '#contract/members.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { showToast } from '#src/components/toast.ts'
import { nameOf } from './labels.ts'
import { Question } from '#src/components/Question.tsx'

/** Removes the authenticators of a member who lost the device. @param count how many there are. */
export function AuthenticatorsQuestion({ member, count, onClose }: { member: Member; count: number; onClose: () => void }) {
  const { t } = useTranslation()
  const act = useApiMutation(removeMemberAuthenticators, {
    invalidates: [queryMembers, getMember],
    onSuccess: ({ removed }) => {
      showToast({ tone: 'success', title: t('members.ask.authenticators_removed', { count: removed }), isBrief: true })
      onClose()
    },
  })
  return (
    <Question title={t('members.ask.authenticators_title')} verb={t('members.ask.authenticators_verb')} isDanger act={act} onConfirm={() => act.submit({ params: { id: member.id }, body: {} })} onClose={onClose}>
      {t('members.ask.authenticators_text', { name: nameOf(member), count })}
    </Question>
  )
}
