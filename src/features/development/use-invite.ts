import { useTranslation } from 'react-i18next'
import { getInviteDesk, type InvitationsSent, queryInvitations, resendInvitations, sendInvitations } from '#contract/invites.ts'
import { queryProspects } from '#contract/prospects.ts'
import { type ApiMutation, useApiMutation } from '#src/api/use-api-mutation.ts'
import { showToast } from '#src/components/toast.ts'
import { paths } from '#src/paths.ts'

const stale = [queryProspects, queryInvitations, getInviteDesk]

type Options = { /** The masked name of the one customer; without it there are many. */ name?: string; onSent: () => void }

/** Mails first invitations. Says afterwards where their records are. */
export function useSend(options: Options): ApiMutation<typeof sendInvitations> {
  const tell = useTell(options)
  return useApiMutation(sendInvitations, { invalidates: stale, onSuccess: tell })
}

/** As useSend, for a prospect that was invited before. */
export function useResend(options: Options): ApiMutation<typeof resendInvitations> {
  const tell = useTell(options)
  return useApiMutation(resendInvitations, { invalidates: stale, onSuccess: tell })
}

function useTell({ name, onSent }: Options): (sent: InvitationsSent) => void {
  const { t } = useTranslation()
  return ({ items }) => {
    const [first] = items
    const link = { to: paths.invites({ tab: 'records' }), label: t('development.dialog.see_records') }
    if (name !== undefined && first) showToast({ tone: 'success', title: t('development.dialog.sent'), text: t('development.dialog.sent_text', { name, number: first.number }), link })
    else showToast({ tone: 'success', title: t('development.dialog.sent_batch', { count: items.length }), text: t('development.dialog.sent_batch_text'), link })
    onSent()
  }
}
