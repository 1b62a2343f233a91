import type { ReactNode } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Bar, BarKey } from '#contract/incentives.ts'
import { Section } from '#src/components/Section.tsx'
import { formatMoney } from '#src/lib/format.ts'
import { drawingOf, drawn, hasLines, type Step, stepsOf } from './waterfall.ts'
import { WaterfallTable } from './WaterfallTable.tsx'

type Props = {
  title: string
  bars: readonly Bar[]
  /** The address of the lines behind a bar. */
  linesOf: (bar: BarKey) => string
  /** The bar whose lines are in view. */
  current?: BarKey | undefined
  /** Leaves what is zero out of the table, too. */
  isBrief?: boolean
}

/** From what was earned to what can be requested: a bar for each step, hanging where the one before it ended, and the same figures as a table.
 *  Every bar is a link to its lines, named with its amount, so that neither the eye nor a colour is needed. */
export function Waterfall({ title, bars, linesOf, current, isBrief = false }: Props) {
  const { t } = useTranslation()
  const steps = stepsOf(bars)
  const changing = drawn(steps)
  const { marks, zero, bars: shown } = drawingOf(changing)
  return (
    <Section title={title} note={t('incentives.composition_note')}>
      <figure className="waterfall" aria-label={t('incentives.chart')}>
        <Marks marks={marks} zero={zero} />
        <ol>
          {shown.map((bar, place) => (
            <li key={bar.step.key} className={`${bar.step.key === 'payable' ? 'sum' : bar.step.amount.startsWith('-') ? 'minus' : 'plus'}`}>
              <BarLink step={bar.step} to={bar.step.key !== 'payable' && hasLines(bar.step) ? linesOf(bar.step.key) : undefined} isCurrent={bar.step.key === current}>
                <svg className="upright" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
                  <rect x="18" y={100 - bar.high} width="64" height={bar.high - bar.low} />
                  {place < shown.length - 1 && <path className="joint" d={`M82 ${100 - bar.end}H118`} />}
                </svg>
                <svg className="flat" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  <path className="zero" d={`M${zero} 0V10`} />
                  <rect x={bar.low} y="1" width={bar.high - bar.low} height="8" />
                </svg>
              </BarLink>
            </li>
          ))}
        </ol>
      </figure>
      <WaterfallTable steps={isBrief ? changing : steps} linesOf={linesOf} />
    </Section>
  )
}

/** One bar with its words. Without lines behind it, it is no link. */
function BarLink({ step, to, isCurrent, children }: { step: Step; to: string | undefined; isCurrent: boolean; children: ReactNode }) {
  const { t } = useTranslation()
  const [bar, amount] = [t(`incentives.bar.${step.key}`), formatMoney(step.amount)]
  const content = <>{children}<span className="bar-name">{bar}</span> <span className="money">{amount}</span></>
  if (to === undefined) return <span className="bar">{content}</span>
  return <Link className="bar" to={to} preventScrollReset {...(isCurrent && { 'aria-current': 'true' })}>{content} <span className="hidden-text">{t('incentives.bar_more')}</span></Link>
}

/** The axis and its lines. Every amount stands with its bar, so a screen reader leaves this out. */
function Marks({ marks, zero }: { marks: readonly { value: number; at: number }[]; zero: number }) {
  const { i18n } = useTranslation()
  const short = new Intl.NumberFormat(i18n.language, { notation: 'compact', maximumFractionDigits: 2 })
  return (
    <>
      <svg className="axis" viewBox="0 0 56 176" aria-hidden="true">{marks.map(({ value, at }) => <text key={value} x="52" y={176 - at * 1.76 + 4}>{short.format(value)}</text>)}</svg>
      <svg className="grid" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        {marks.map(({ value, at }) => <path key={value} className={value === 0 ? 'zero' : undefined} d={`M0 ${100 - at}H100`} />)}
        {marks.every(({ value }) => value !== 0) && <path className="zero" d={`M0 ${100 - zero}H100`} />}
      </svg>
    </>
  )
}
