import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Answer } from '#contract/endpoint.ts'
import type { getIncentiveOverview } from '#contract/incentives.ts'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { Section } from '#src/components/Section.tsx'
import { formatMonth } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { Countdown, Provisional } from './Until.tsx'

type Props = Pick<Answer<typeof getIncentiveOverview>, 'deadlines' | 'nextPeriod'>

/** Statements that wait, by the day on which confirming them ends: when that is, how much is left, and what happens then. */
export function DeadlineList({ deadlines, nextPeriod }: Props) {
  const { t } = useTranslation()
  return (
    <Section title={t('incentives.deadlines')}>
      {deadlines.length === 0 && <p className="second deadlines-none">{t('incentives.deadlines_none', { period: formatMonth(nextPeriod) })}</p>}
      <ul className="deadlines">
        {deadlines.map((deadline) => (
          <li key={`${deadline.until} ${deadline.onDeadline}`}>
            <span className="stack">
              <span><Link to={paths.incentives({ tab: 'statements', todo: 'confirm', onDeadline: deadline.onDeadline, sort: 'confirmUntil' })}>{t('incentives.statement_count', { count: deadline.count })}</Link></span>
              <span>{t(`incentives.on_deadline_long.${deadline.onDeadline}`)}</span>
            </span>
            <span className="stack when">
              <span><Countdown deadline={deadline} isDayShown /></span>
              <span className="cell"><span>{t('incentives.until_day', { day: deadline.day })}</span><Provisional deadline={deadline} /></span>
            </span>
            <MoneyText amount={deadline.amount} isStrong />
          </li>
        ))}
      </ul>
    </Section>
  )
}
