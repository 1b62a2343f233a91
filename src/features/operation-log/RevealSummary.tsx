import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Answer } from '#contract/endpoint.ts'
import type { queryRevealRecords } from '#contract/operation-log.ts'
import { Button } from '#src/components/Button.tsx'
import { Section } from '#src/components/Section.tsx'
import { formatCount } from '#src/lib/format.ts'

/** More people than this stand behind a button. */
const shownFirst = 8

/** This month, per operator: how many customers' full data they saw, and on the busiest day. Most first. */
export function RevealSummary({ summary }: { summary: Answer<typeof queryRevealRecords>['summary'] }) {
  const { t } = useTranslation()
  const [isAll, setAll] = useState(false)
  const isCut = summary.length > shownFirst && !isAll
  return (
    <Section title={t('log.summary')} note={t('log.summary_note')} action={isCut && <Button variant="bare" isSmall onPress={() => setAll(true)}>{t('log.summary_all', { count: summary.length })}</Button>}>
      {summary.length === 0 ? <p className="second">{t('log.summary_none')}</p> : (
        <dl className="reveal-summary">
          {(isCut ? summary.slice(0, shownFirst) : summary).map(({ operatorMasked, subjects, largestDay }, place) => (
            <div key={place}>
              <dt>{operatorMasked}</dt>
              <dd><b>{t('log.summary_subjects', { count: subjects, replace: { count: formatCount(subjects) } })}</b> <span>{t('log.summary_day', { count: largestDay, replace: { count: formatCount(largestDay) } })}</span></dd>
            </div>
          ))}
        </dl>
      )}
    </Section>
  )
}
