import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'

type Props = {
  title: string
  /** What will happen, and what will not. */
  children: ReactNode
  /** Figures under it. */
  more?: ReactNode
  /** Verb and object on the button. */
  verb: string
  isDanger?: boolean
  act: { isBusy: boolean; error: Error | undefined }
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something happens to a member. */
export function Question({ title, children, more, verb, isDanger = false, act, onConfirm, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <ModalShell
      title={title} onClose={onClose} size="question" isLocked={act.isBusy}
      footer={(close) => <><Button onPress={close}>{t('common.cancel')}</Button><Button variant={isDanger ? 'danger' : 'primary'} isBusy={act.isBusy} onPress={onConfirm}>{verb}</Button></>}
    >
      <div className="form">
        <p className="second">{children}</p>
        {more}
        <FormError error={act.error} />
      </div>
    </ModalShell>
  )
}
