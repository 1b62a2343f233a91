import { useTranslation } from '#src/i18n/use-translation.ts'
import { getInviteDesk, queryInvitations, sendInvitations } from '#contract/invites.ts'
import { queryProspects } from '#contract/prospects.ts'
import { type ApiMutation, useApiMutation } from '#src/api/use-api-mutation.ts'
import { showToast } from '#src/components/toast.ts'
import { paths } from '#src/paths.ts'

type Options = { /** The masked name of the one customer; without it there are many. */ name?: string; onSent: () => void }

/** Mails invitations, first ones and later ones alike: an earlier link of the same prospect becomes void. Says afterwards where their records are. */
export function useInvite({ name, onSent }: Options): ApiMutation<typeof sendInvitations> {
  const { t } = useTranslation()
  return useApiMutation(sendInvitations, {
    invalidates: [queryProspects, queryInvitations, getInviteDesk],
    onSuccess: ({ items }) => {
      const [first] = items
      const link = { to: paths.invites({ tab: 'records' }), label: t('development.dialog.see_records') }
      if (name !== undefined && first) showToast({ tone: 'success', title: t('development.dialog.sent'), text: t('development.dialog.sent_text', { name, number: first.number }), link })
      else showToast({ tone: 'success', title: t('development.dialog.sent_batch', { count: items.length }), text: t('development.dialog.sent_batch_text'), link })
      onSent()
    },
  })
}
