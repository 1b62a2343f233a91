import { createLink, getInviteDesk, queryLinks } from '#contract/invites.ts'
import { type ApiMutation, useApiMutation } from '#src/api/use-api-mutation.ts'
import { tellError } from '#src/components/form-error.ts'
import { showToast } from '#src/components/toast.ts'
import { keepAddress } from './address.ts'
import type { OnOpen } from './open.ts'

/** Makes a link at a button, and shows it. @param onOpen opens the dialog with the link. */
export const useMakeLink = (onOpen: OnOpen): ApiMutation<typeof createLink> =>
  useApiMutation(createLink, {
    invalidates: [getInviteDesk, queryLinks],
    onSuccess: ({ link, url }) => {
      keepAddress(link, url)
      onOpen({ at: 'link', link, url, title: 'made' })
    },
    onError: (error) => showToast({ tone: 'danger', title: tellError(error).text }),
  })
