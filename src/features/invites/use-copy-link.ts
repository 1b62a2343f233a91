import { useTranslation } from '#src/i18n/use-translation.ts'
import type { InviteLink } from '#contract/invites.ts'
import { tellError } from '#src/components/form-error.ts'
import { showToast } from '#src/components/toast.ts'
import { copyText } from '#src/lib/clipboard.ts'
import { addressOf } from './address.ts'
import type { OnOpen } from './open.ts'

/** @returns how to copy the address of a link. Where the browser refuses, the link opens, so that it can be copied by hand. */
export function useCopyLink(onOpen: OnOpen): (link: InviteLink) => Promise<void> {
  const { t } = useTranslation()
  return async (link) => {
    try {
      const url = await addressOf(link.id)
      if (await copyText(url)) showToast({ tone: 'success', title: t('invites.link.copied'), isBrief: true })
      else onOpen({ at: 'link', link, url })
    } catch (error) {
      showToast({ tone: 'warning', title: tellError(error).text })
    }
  }
}
