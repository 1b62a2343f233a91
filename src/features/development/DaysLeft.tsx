import { useTranslation } from '#src/i18n/use-translation.ts'
import { useBubble } from '#src/components/use-bubble.tsx'
import { formatFull } from '#src/lib/format.ts'
import { serverNow } from '#src/lib/clock.ts'
import { daysLeft } from './rules.ts'

/** How long something still holds; the exact end shows on hover and on keyboard focus. Nothing once it is over. @param soon days from which on it
 *  is a warning. */
export function DaysLeft({ at, soon = 3 }: { at: string; soon?: number }) {
  const { t } = useTranslation()
  const full = formatFull(at)
  const bubble = useBubble(full)
  const { 'aria-describedby': _description, ...handlers } = bubble.props
  const days = daysLeft(at, serverNow())
  if (days === undefined) return null
  return (
    <>
      <time dateTime={at} className={`time ${days < soon ? 'ends-soon' : ''}`} tabIndex={0} {...handlers}>
        {days === 0 ? t('development.last_day') : t('development.days_left', { count: days })}<span className="hidden-text"> {full}</span>
      </time>
      {bubble.visual}
    </>
  )
}
