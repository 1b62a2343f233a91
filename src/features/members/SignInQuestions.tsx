import { useTranslation } from '#src/i18n/use-translation.ts'
import { endMemberSignIns, getMember, type Member, queryMembers, unlockMember } from '#contract/members.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Question } from '#src/components/Question.tsx'
import { showToast } from '#src/components/toast.ts'
import { nameOf } from './labels.ts'

type Props = { member: Member; onClose: () => void }

/** Lets a member who is locked out try again. */
export function UnlockQuestion({ member, onClose }: Props) {
  const { t } = useTranslation()
  const act = useApiMutation(unlockMember, {
    invalidates: [queryMembers, getMember],
    onSuccess: () => {
      showToast({ tone: 'success', title: t('members.ask.unlocked'), isBrief: true })
      onClose()
    },
  })
  return (
    <Question title={t('members.ask.unlock_title')} verb={t('members.ask.unlock_verb')} act={act} onConfirm={() => act.submit({ params: { id: member.id }, body: {} })} onClose={onClose}>
      {t('members.ask.unlock_text', { name: nameOf(member) })}
    </Question>
  )
}

/** Signs a member out everywhere. */
export function EndQuestion({ member, onClose }: Props) {
  const { t } = useTranslation()
  const act = useApiMutation(endMemberSignIns, {
    invalidates: [queryMembers, getMember],
    onSuccess: ({ ended }) => {
      showToast({ tone: 'success', title: t('members.ask.ended', { count: ended }), isBrief: true })
      onClose()
    },
  })
  return (
    <Question title={t('members.ask.end_title')} verb={t('members.ask.end_verb')} isDanger act={act} onConfirm={() => act.submit({ params: { id: member.id }, body: {} })} onClose={onClose}>
      {t('members.ask.end_text', { name: nameOf(member), count: member.signIns })}
    </Question>
  )
}
