import { useEffect } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { secondsUntil } from '#src/lib/clock.ts'
import { useNow } from '#src/lib/use-now.ts'
import { minutesLeft } from './change.ts'

/** How long the form stays open, by the server's clock. Nothing reads it out every second. */
export function OpenFor({ openUntil, isHeld, onClosed }: { openUntil: string; isHeld: boolean; onClosed: () => void }) {
  const { t } = useTranslation()
  useNow(true)
  const seconds = secondsUntil(openUntil)
  const isOver = seconds === 0 && !isHeld
  useEffect(() => {
    if (isOver) onClosed()
  }, [isOver, onClosed])
  return <p className="caption" role="timer" aria-live="off">{t('profile.change.open_for', { time: minutesLeft(seconds) })}</p>
}
