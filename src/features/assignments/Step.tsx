import { useEffect, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'

type Name = 'choose' | 'manager' | 'confirm' | 'form' | 'preview'

/** Where a dialog of two steps stands. @param hasMoved whether the person came from the other step: then it takes the focus, so that it is read out
 *  and no key pressed twice confirms unread. */
export function Step({ step, name, hasMoved }: { step: 1 | 2; name: Name; hasMoved: boolean }) {
  const { t } = useTranslation()
  const words = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (hasMoved) words.current?.focus()
  }, [step, hasMoved])
  return <p ref={words} className="caption step" tabIndex={-1}>{t('assignments.assigning.step', { step, steps: 2, name: t(`assignments.assigning.steps.${name}`) })}</p>
}
