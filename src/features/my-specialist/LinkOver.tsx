import { useEffect, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from '#src/components/Button.tsx'
import { StateArt } from '#src/components/StateArt.tsx'
import { formatFull } from '#src/lib/format.ts'
import type { LinkView } from './use-mine.ts'

/** Why a link cannot be accepted, and the way on for somebody who has accepted it. */
export function LinkOver({ view, onGoOn }: { view: Exclude<LinkView, { state: 'open' }>; onGoOn: () => void }) {
  const { t } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="state" data-problem={view.state}>
      <StateArt kind="no-match" />
      <h1 ref={heading} tabIndex={-1}>{t(`my_specialist.problem.${view.state}`)}</h1>
      <p role="status">{view.state === 'expired' ? t('my_specialist.problem.expired_text', { date: formatFull(view.at) }) : t('my_specialist.problem.invalid_text')}</p>
      <div className="acts"><Button onPress={onGoOn}>{t('my_specialist.problem.go_on')}</Button></div>
    </div>
  )
}
