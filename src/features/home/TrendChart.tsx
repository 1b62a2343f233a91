import { type PointerEvent, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { formatMoney, formatMonth } from '#src/lib/format.ts'
import { axisMarks, busiestMonth, heightOf, type Month } from './trend.ts'

/** Units of the drawing: a month is this wide; heights are per cent of the axis. */
const column = 100

/** A year of months: a bar for what customers spent, lines for what was allocated and reclaimed. The month under the pointer is read out
 *  above it, else the present one; every figure stands in the table, too. */
export function TrendChart({ months, hasFunds }: { months: readonly Month[]; hasFunds: boolean }) {
  const { t } = useTranslation()
  const [pointed, setPointed] = useState<number>()
  const busiest = busiestMonth(months)
  const shown = months[pointed ?? months.length - 1]
  const marks = axisMarks(Math.max(0, ...months.flatMap((month) => [heightOf(month.expenditure), ...(hasFunds ? [heightOf(month.allocated), heightOf(month.reclaimed)] : [])])))
  if (!busiest && !hasFunds) return <p className="second">{t('home.chart_none')}</p>
  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    setPointed(Math.min(months.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * months.length))))
  }
  return (
    <figure className="trend-chart">
      {shown && <Readout month={shown} isNow={shown === months.at(-1)} hasFunds={hasFunds} />}
      <div className="trend-area">
        <Axis marks={marks} />
        <div className="trend-plot" onPointerMove={point} onPointerDown={point} onPointerLeave={() => setPointed(undefined)}>
          <Drawing
            months={months} top={marks.at(-1) ?? 0} pointed={pointed} hasFunds={hasFunds} steps={marks.length - 1}
            label={busiest ? t('home.chart', { month: formatMonth(busiest.month), amount: formatMoney(busiest.expenditure) }) : t('home.chart_none')}
          />
        </div>
        <MonthLabels months={months} />
      </div>
    </figure>
  )
}

function Readout({ month, isNow, hasFunds }: { month: Month; isNow: boolean; hasFunds: boolean }) {
  const { t } = useTranslation()
  const name = formatMonth(month.month)
  return (
    <figcaption className="trend-read">
      <b>{isNow ? t('home.so_far', { month: name }) : name}</b>
      <span><i className="key bar" aria-hidden="true" />{t('home.expenditure')} <span className="money">{formatMoney(month.expenditure)}</span></span>
      {hasFunds && (
        <>
          <span><i className="key line" aria-hidden="true" />{t('home.allocated_series')} <span className="money">{formatMoney(month.allocated)}</span></span>
          <span><i className="key dashed" aria-hidden="true" />{t('home.reclaimed_series')} <span className="money">{formatMoney(month.reclaimed)}</span></span>
        </>
      )}
    </figcaption>
  )
}

function Axis({ marks }: { marks: readonly number[] }) {
  const { i18n } = useTranslation()
  const short = new Intl.NumberFormat(i18n.language, { notation: 'compact', maximumFractionDigits: 2 })
  return <div className="trend-axis" aria-hidden="true">{marks.toReversed().map((mark) => <span key={mark}>{short.format(mark)}</span>)}</div>
}

function MonthLabels({ months }: { months: readonly Month[] }) {
  const { i18n } = useTranslation()
  const name = new Intl.DateTimeFormat(i18n.language, { month: 'short', timeZone: 'UTC' })
  return <div className="trend-months" aria-hidden="true">{months.map(({ month }) => <span key={month}>{name.format(new Date(`${month}-01T00:00:00Z`))}</span>)}</div>
}

type DrawingProps = { months: readonly Month[]; top: number; pointed: number | undefined; hasFunds: boolean; steps: number; label: string }

function Drawing({ months, top, pointed, hasFunds, steps, label }: DrawingProps) {
  const y = (value: number) => (top === 0 ? 100 : 100 - (value / top) * 100)
  const middle = (place: number) => place * column + column / 2
  const points = (value: (month: Month) => number) => months.map((month, place) => `${middle(place)} ${y(value(month)).toFixed(2)}`)
  const allocated = points((month) => heightOf(month.allocated))
  return (
    <svg viewBox={`0 0 ${months.length * column} 100`} preserveAspectRatio="none" role="img" aria-label={label}>
      {Array.from({ length: steps }, (_, step) => <path key={step} className="grid" d={`M0 ${(step / steps) * 100}H${months.length * column}`} />)}
      {pointed !== undefined && <rect className="pointed" x={pointed * column} y="0" width={column} height="100" />}
      {months.map((month, place) => {
        const height = y(heightOf(month.expenditure))
        return (
          <g key={month.month} className={place === months.length - 1 ? 'bar now' : 'bar'}>
            <rect x={middle(place) - 24} y={height} width="48" height={100 - height} />
            <path d={`M${middle(place) - 24} ${height}h48`} />
          </g>
        )
      })}
      {hasFunds && (
        <>
          <path className="line dashed" d={`M${points((month) => heightOf(month.reclaimed)).join('L')}`} />
          <path className="line" d={`M${allocated.join('L')}`} />
          <path className="line-dots" d={allocated.map((place) => `M${place}h0`).join('')} />
        </>
      )}
      <path className="base" d={`M0 100H${months.length * column}`} />
    </svg>
  )
}
