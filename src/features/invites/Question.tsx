import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'

type Props = {
  title: string
  /** What will happen, and what will not. */
  children: ReactNode
  /** The verb on the button. */
  verb: string
  act: { isBusy: boolean; error: Error | undefined; outcome: 'known' | 'checking' | 'lost'; askAgain: () => void }
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something stops working for people outside. */
export function Question({ title, children, verb, act, onConfirm, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <ModalShell
      title={title} onClose={onClose} size="question" isLocked={act.isBusy}
      footer={(close) => <><Button onPress={close}>{t('common.cancel')}</Button>{act.outcome === 'known' && <Button variant="danger" isBusy={act.isBusy} onPress={onConfirm}>{verb}</Button>}</>}
    >
      <div className="form">
        <p className="second">{children}</p>
        <OutcomeNotice outcome={act.outcome} onAskAgain={act.askAgain} />
        <FormError error={act.error} />
      </div>
    </ModalShell>
  )
}
