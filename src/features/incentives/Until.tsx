import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Deadline } from '#contract/incentives.ts'
import { HelpTip } from '#src/components/HelpTip.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { useBubble } from '#src/components/use-bubble.tsx'
import { serverNow } from '#src/lib/clock.ts'
import { countdown, isSoon } from './rules.ts'

/** How much is left, in working days. The end of the last day shows on hover and on keyboard focus.
 *  @param isAbout says in the words themselves that the day may still move. @param isDayShown beside it, so that it need not be read out twice. */
export function Countdown({ deadline, isAbout = false, isDayShown = false }: { deadline: Deadline; isAbout?: boolean; isDayShown?: boolean }) {
  const { t } = useTranslation()
  const full = t('incentives.until_day', { day: deadline.day })
  const { props: { 'aria-describedby': _description, ...handlers }, visual } = useBubble(full)
  const left = countdown(deadline, serverNow())
  return (
    <>
      <time dateTime={deadline.until} className={`time ${isSoon(left) ? 'ends-soon' : ''}`} tabIndex={0} {...handlers}>
        {left.key === 'days_left' ? t(isAbout ? 'incentives.days_left_about' : 'incentives.days_left', { count: left.count }) : t(`incentives.${left.key}`)}{!isDayShown && <span className="hidden-text"> {full}</span>}
      </time>
      {visual}
    </>
  )
}

/** Says that the holidays in between are not published yet, so that the day may still move. */
export function Provisional({ deadline: { isProvisional } }: { deadline: Deadline }) {
  const { t } = useTranslation()
  if (!isProvisional) return null
  return <span className="cell provisional"><StatusTag isLabel>{t('incentives.provisional')}</StatusTag><HelpTip what={t('incentives.provisional')} text={t('incentives.provisional_text')} /></span>
}

/** What is left, and what happens after which day. @param isOpen while the statement waits; afterwards only the day is of interest. */
export function UntilCell({ deadline, isOpen }: { deadline: Deadline | null; isOpen: boolean }) {
  const { t } = useTranslation()
  if (!deadline) return <span className="quiet">–</span>
  if (!isOpen) return <span className="quiet">{deadline.day}</span>
  return (
    <span className="stack until">
      <span className="cell"><span><Countdown deadline={deadline} isAbout={deadline.isProvisional} /></span>{deadline.isProvisional && <HelpTip what={t('incentives.provisional')} text={t('incentives.provisional_text')} />}</span>
      <span>{t(`incentives.on_deadline_day.${deadline.onDeadline}`, { day: deadline.day })}</span>
    </span>
  )
}
