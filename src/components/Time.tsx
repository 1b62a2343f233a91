import { useTranslation } from '#src/i18n/use-translation.ts'
import { formatDay, formatFull, formatTime } from '#src/lib/format.ts'
import { useBubble } from './use-bubble.tsx'

/** An instant in the partner's time zone. The full time with its zone shows on hover and on keyboard focus.
 *  @param look `day` leaves the time of day out; `full` writes everything and needs no bubble. */
export function Time({ at, look = 'time' }: { at: string; look?: 'time' | 'day' | 'full' }) {
  // The words do not change with the language, but the formatters do.
  useTranslation()
  const full = formatFull(at)
  const bubble = useBubble(look === 'full' ? undefined : full)
  const { 'aria-describedby': _description, ...handlers } = bubble.props
  if (look === 'full') return <time dateTime={at} className="nowrap">{full}</time>
  return (
    <>
      <time dateTime={at} className="time" tabIndex={0} {...handlers}>{look === 'day' ? formatDay(at) : formatTime(at)}<span className="hidden-text"> {full}</span></time>
      {bubble.visual}
    </>
  )
}
