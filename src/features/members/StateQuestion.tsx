import { useTranslation } from '#src/i18n/use-translation.ts'
import { getMember, type Member, queryMembers, setMemberState } from '#contract/members.ts'
import { listRoles } from '#contract/roles.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Question } from '#src/components/Question.tsx'
import { showToast } from '#src/components/toast.ts'
import { HandOverFirst } from './HandOverFirst.tsx'
import { nameOf } from './labels.ts'
import { customersLeft } from './why-not.ts'

type Props = { member: Member; onClose: () => void }

/** Stops a member from working, or lets it again. Whoever has customers hands them over first. */
export function StateQuestion({ member, to, onClose }: Props & { to: 'ACTIVE' | 'DISABLED' }) {
  const { t } = useTranslation()
  const act = useApiMutation(setMemberState, {
    invalidates: [queryMembers, getMember, listRoles],
    onSuccess: () => {
      showToast({ tone: 'success', title: t(to === 'DISABLED' ? 'members.ask.disabled' : 'members.ask.enabled'), isBrief: true })
      onClose()
    },
  })
  if (to === 'DISABLED' && customersLeft(member) > 0) return <HandOverFirst member={member} act="disable" onClose={onClose} />
  const words = to === 'DISABLED' ? 'disable' : 'enable'
  return (
    <Question title={t(`members.ask.${words}_title`)} verb={t(`members.ask.${words}_verb`)} isDanger={to === 'DISABLED'} act={act} onConfirm={() => act.submit({ params: { id: member.id }, body: { state: to } })} onClose={onClose}>
      {t(`members.ask.${words}_text`, { name: nameOf(member) })}
    </Question>
  )
}
