import type { ReactNode } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { ApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from './Button.tsx'
import { FormError } from './FormError.tsx'
import { ModalShell } from './ModalShell.tsx'
import { OutcomeNotice } from './OutcomeNotice.tsx'

type Props = {
  title: string
  /** What will happen, and what will not. */
  children: ReactNode
  /** Figures under it. */
  more?: ReactNode
  /** Verb and object on the button. */
  verb: string
  /** What closes it, where “Cancel” could be taken for the verb. */
  back?: string
  isDanger?: boolean
  act: Pick<ApiMutation<never>, 'isBusy' | 'error' | 'outcome' | 'askAgain'>
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something happens that cannot simply be taken back. */
export function Question({ title, children, more, verb, back, isDanger = false, act, onConfirm, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <ModalShell
      title={title} onClose={onClose} size="question" isLocked={act.isBusy}
      footer={(close) => (
        <>
          <Button onPress={close}>{back ?? t('common.cancel')}</Button>
          {act.outcome === 'known' && <Button variant={isDanger ? 'danger' : 'primary'} isBusy={act.isBusy} onPress={onConfirm}>{verb}</Button>}
        </>
      )}
    >
      <div className="form">
        <p className="second">{children}</p>
        {more}
        <OutcomeNotice outcome={act.outcome} onAskAgain={act.askAgain} />
        <FormError error={act.error} />
      </div>
    </ModalShell>
  )
}
