import { useTranslation } from '#src/i18n/use-translation.ts'
import { getInviteDesk, type InviteLink, queryLinks, replaceLink, revokeLink } from '#contract/invites.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Question } from '#src/components/Question.tsx'
import { showToast } from '#src/components/toast.ts'
import { keepAddress } from './address.ts'
import type { OnOpen } from './open.ts'

/** Takes a link back: nobody comes through it any more. */
export function RevokeLinkQuestion({ link, onClose }: { link: InviteLink; onClose: () => void }) {
  const { t } = useTranslation()
  const revoke = useApiMutation(revokeLink, {
    invalidates: [getInviteDesk, queryLinks],
    onSuccess: () => {
      showToast({ tone: 'success', title: t('invites.link.revoke_done'), isBrief: true })
      onClose()
    },
  })
  return (
    <Question isDanger title={t('invites.link.revoke_title')} verb={t('invites.link.revoke_act')} act={revoke} onConfirm={() => revoke.submit({ params: { id: link.id }, body: {} })} onClose={onClose}>
      {t('invites.link.revoke_text', { label: link.label })}
    </Question>
  )
}

/** Revokes a general link and makes its successor in one step, which then opens. */
export function ReplaceLinkQuestion({ link, onOpen, onClose }: { link: InviteLink; onOpen: OnOpen; onClose: () => void }) {
  const { t } = useTranslation()
  const replace = useApiMutation(replaceLink, {
    invalidates: [getInviteDesk, queryLinks],
    onSuccess: (made) => {
      keepAddress(made.link, made.url)
      onOpen({ at: 'link', link: made.link, url: made.url, title: 'replaced' })
    },
  })
  return (
    <Question isDanger title={t('invites.link.replace_title')} verb={t('invites.link.replace_act')} act={replace} onConfirm={() => replace.submit({ params: { id: link.id }, body: {} })} onClose={onClose}>
      {t('invites.link.replace_text', { type: t(`invites.type.${link.associationType}`) })}
    </Question>
  )
}
