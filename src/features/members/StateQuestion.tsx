import { useTranslation } from 'react-i18next'
import { getMember, getRoles, type Member, queryMembers, setMemberState } from '#contract/members.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Question } from '#src/components/Question.tsx'
import { showToast } from '#src/components/toast.ts'
import { formatCount } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { nameOf } from './labels.ts'
import { customersLeft } from './why-not.ts'

type Props = { member: Member; onClose: () => void }

/** Stops a member from working, or lets it again. Whoever has customers hands them over first. */
export function StateQuestion({ member, to, onClose }: Props & { to: 'ACTIVE' | 'DISABLED' }) {
  const { t } = useTranslation()
  const act = useApiMutation(setMemberState, {
    invalidates: [queryMembers, getMember, getRoles],
    onSuccess: () => {
      showToast({ tone: 'success', title: t(to === 'DISABLED' ? 'members.ask.disabled' : 'members.ask.enabled'), isBrief: true })
      onClose()
    },
  })
  if (to === 'DISABLED' && customersLeft(member) > 0) return <HandOverFirst member={member} onClose={onClose} />
  const words = to === 'DISABLED' ? 'disable' : 'enable'
  return (
    <Question title={t(`members.ask.${words}_title`)} verb={t(`members.ask.${words}_verb`)} isDanger={to === 'DISABLED'} act={act} onConfirm={() => act.submit({ params: { id: member.id }, body: { state: to } })} onClose={onClose}>
      {t(`members.ask.${words}_text`, { name: nameOf(member) })}
    </Question>
  )
}

function HandOverFirst({ member, onClose }: Props) {
  const { t } = useTranslation()
  const mayAssign = useCan('org.assign')
  return (
    <ModalShell
      title={t('members.ask.hand_over_title')} onClose={onClose} size="question"
      footer={(close) => <><Button onPress={close}>{t('common.close')}</Button>{mayAssign && <ButtonLink variant="primary" to={paths.assignments()}>{t('members.rights.hand_over')}</ButtonLink>}</>}
    >
      <p className="second">{t('members.ask.hand_over_text', { name: nameOf(member), count: member.customers, replace: { count: formatCount(member.customers) } })}</p>
    </ModalShell>
  )
}
