import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { getMember, type Member, queryMembers, resetMemberPassword } from '#contract/members.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Question } from '#src/components/Question.tsx'
import { nameOf } from './labels.ts'
import { LinkTold, type Told } from './LinkTold.tsx'

/** Lets a member choose a new password by a link, or the first one by another link; nobody else ever sees it. */
export function ResetQuestion({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation()
  const [told, setTold] = useState<Told>()
  const words = member.state === 'INVITED' ? 'resend' : 'reset'
  const act = useApiMutation(resetMemberPassword, { invalidates: [queryMembers, getMember], onSuccess: setTold })
  if (told) {
    return (
      <ModalShell title={t(`members.ask.${words}_done`)} onClose={onClose} footer={(close) => <Button variant="primary" onPress={close}>{t('members.told.close')}</Button>}>
        <LinkTold told={told} />
      </ModalShell>
    )
  }
  return (
    <Question title={t(`members.ask.${words}_title`)} verb={t(`members.ask.${words}_verb`)} act={act} onConfirm={() => act.submit({ params: { id: member.id }, body: {} })} onClose={onClose}>
      {t(`members.ask.${words}_text`, { name: nameOf(member) })}
    </Question>
  )
}
