import { useEffect, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { AssociationType } from '#contract/customers.ts'
import { createLink, getInviteDesk, queryLinks } from '#contract/invites.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { keepAddress } from './address.ts'
import type { OnOpen } from './open.ts'

/** Fetches the person's general link, making it if there is none yet, and gives way to it. */
export function InsteadDialog({ associationType, onOpen, onClose }: { associationType: AssociationType; onOpen: OnOpen; onClose: () => void }) {
  const { t } = useTranslation()
  const isAsked = useRef(false)
  const make = useApiMutation(createLink, {
    invalidates: [getInviteDesk, queryLinks],
    onSuccess: ({ link, url }) => {
      keepAddress(link, url)
      onOpen({ at: 'link', link, url })
    },
  })
  useEffect(() => {
    if (isAsked.current) return
    isAsked.current = true
    make.submit({ body: { kind: 'GENERAL', associationType } })
  })
  return (
    <ModalShell title={t('invites.list.instead')} onClose={onClose}>
      {make.error ? <FormError error={make.error} /> : make.outcome === 'known' ? <Skeleton lines={8} /> : <OutcomeNotice outcome={make.outcome} onAskAgain={make.askAgain} />}
    </ModalShell>
  )
}
