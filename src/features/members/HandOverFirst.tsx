import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Member } from '#contract/members.ts'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { formatCount } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { nameOf } from './labels.ts'

/** In place of a question: an account manager with customers hands them over before anything ends. */
export function HandOverFirst({ member, act, onClose }: { member: Member; act: 'disable' | 'delete'; onClose: () => void }) {
  const { t } = useTranslation()
  const mayAssign = useCan('org.assign')
  return (
    <ModalShell
      title={t('members.ask.hand_over_title')} onClose={onClose} size="question"
      footer={(close) => <><Button onPress={close}>{t('common.close')}</Button>{mayAssign && <ButtonLink variant="primary" to={paths.assignments()}>{t('members.rights.hand_over')}</ButtonLink>}</>}
    >
      <p className="second">{t(`members.ask.${act}_hand_over`, { name: nameOf(member), count: member.customers, replace: { name: nameOf(member), count: formatCount(member.customers) } })}</p>
    </ModalShell>
  )
}
