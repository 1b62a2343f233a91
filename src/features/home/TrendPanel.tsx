import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Figure } from '#contract/money.ts'
import { BigFigure } from '#src/components/BigFigure.tsx'
import { Button } from '#src/components/Button.tsx'
import { Section } from '#src/components/Section.tsx'
import { formatTime, zoneName } from '#src/lib/format.ts'
import type { Month } from './trend.ts'
import { TrendChart } from './TrendChart.tsx'
import { TrendTable } from './TrendTable.tsx'

type Props = {
  /** Oldest first. */
  months: readonly Month[]
  monthExpenditure: Figure
  asOf: string
  /** Whether the person may see what was allocated and reclaimed. */
  hasFunds: boolean
}

/** This month's expenditure, and the year before it as a drawing or as a table. */
export function TrendPanel({ months, monthExpenditure, asOf, hasFunds }: Props) {
  const { t } = useTranslation()
  const [isTable, setTable] = useState(false)
  return (
    <Section title={t(hasFunds ? 'home.trend' : 'home.expenditure')} note={t('home.trend_note')} action={<Button variant="bare" isSmall onPress={() => setTable(!isTable)}>{t(isTable ? 'home.as_chart' : 'home.as_table')}</Button>}>
      <div className="panel">
        <div className="panel-body trend-panel">
          <div className="trend-now">
            <h3>{t('home.month_expenditure')}</h3>
            <BigFigure amount={monthExpenditure} />
            <p className="caption">{t('home.month_so_far', { time: `${formatTime(asOf)} (${zoneName(asOf)})` })}</p>
          </div>
          {isTable ? <TrendTable months={months} hasFunds={hasFunds} /> : <TrendChart months={months} hasFunds={hasFunds} />}
        </div>
      </div>
    </Section>
  )
}
