import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { QuarterBlock, QuarterRow } from '#contract/incentive-payments.ts'
import { toMinor } from '#contract/money.ts'
import { Button } from '#src/components/Button.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { Section } from '#src/components/Section.tsx'
import { StatusTag, type Tone } from '#src/components/StatusTag.tsx'
import { formatMonth } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { PaymentSteps } from './PaymentSteps.tsx'
import { figureOf, partsOfQuarter, sumOf } from './rules.ts'

type Props = { row: QuarterRow; isFirst: boolean; onRequest: () => void }
type MonthState = 'ready' | 'lapsed' | 'none' | 'month_open' | 'month_unconfirmed' | 'month_under_review' | 'month_failed'

/** One quarter: its months, what stands in the way, and the request. */
export function Quarter({ row, isFirst, onRequest }: Props) {
  const { t } = useTranslation()
  const { request } = row
  const isAgain = request?.state === 'REJECTED'
  // A request that was given up leaves the quarter as if there had been none.
  // Without certification the button leads to what is missing.
  const canPress = row.isRequestable || row.blocks.every(({ block }) => block === 'business')
  // Set off with every request, whatever months it is of.
  const negative = sumOf(row.items.filter((item) => item.isNegative).map((item) => item.amount))
  const isOver = request !== null && !isAgain && request.state !== 'WITHDRAWN' && !row.isRequestable
  return (
    <Section
      title={t('payments.quarters.quarter', partsOfQuarter(row.quarter))}
      action={!isOver && <Button variant={isFirst ? 'primary' : 'secondary'} aria-haspopup="dialog" disabledReason={canPress ? undefined : t('payments.quarters.blocked')} onPress={onRequest}>{t(isAgain ? 'payments.quarters.request_again' : 'payments.quarters.request')}</Button>}
    >
      <div className="quarter">
        <Months row={row} />
        <dl className="quarter-sum">
          {toMinor(row.frozen) !== 0n && <div><dt>{t('payments.quarters.frozen')}</dt><dd><MoneyText amount={row.frozen} isMinus /></dd></div>}
          {negative !== 0n && <div><dt>{t('payments.form.set_off')}</dt><dd><MoneyText amount={figureOf(-negative)} isMinus /></dd></div>}
          <div><dt>{t('payments.quarters.total')}</dt><dd><MoneyText amount={row.total} isStrong /></dd></div>
        </dl>
        {request && <p className="quarter-request"><PaymentSteps row={request} /><Link className="text-link" to={paths.incentivePayments({ open: request.id })}>{t('payments.quarters.view_request', { number: request.number })}</Link></p>}
        {!isOver && row.blocks.length > 0 && <QuarterBlocks row={row} />}
      </div>
    </Section>
  )
}

const tones: Record<MonthState, Tone> = { ready: 'success', lapsed: 'neutral', none: 'neutral', month_open: 'neutral', month_unconfirmed: 'warning', month_under_review: 'info', month_failed: 'danger' }

function Months({ row }: { row: QuarterRow }) {
  const { t } = useTranslation()
  const stateOf = ({ month, statements, isLapsed }: QuarterRow['months'][number]): MonthState => {
    const found = row.blocks.find((one) => one.month === month)?.block
    if (found === 'month_open' || found === 'month_unconfirmed' || found === 'month_under_review' || found === 'month_failed') return found
    return statements === 0 ? 'none' : isLapsed ? 'lapsed' : 'ready'
  }
  return (
    <table className="plain-table months" aria-label={t('payments.quarters.months')}>
      <thead><tr><th scope="col">{t('payments.quarters.month')}</th><th scope="col">{t('payments.field.state')}</th><th scope="col" className="num">{t('payments.field.amount')}</th></tr></thead>
      <tbody>
        {row.months.map((one) => {
          const { month, statements, amount } = one
          const state = stateOf(one)
          return (
            <tr key={month}>
              <td><span className="stack"><span>{formatMonth(month)}</span><span>{statements === 0 ? t('payments.quarters.month_none') : t('payments.quarters.month_statements', { count: statements })}</span></span></td>
              <td><StatusTag tone={tones[state]} isPlain={state === 'ready' || state === 'lapsed' || state === 'none' || state === 'month_open'}>{t(`payments.quarters.month_state.${state}`)}</StatusTag></td>
              <td className="num"><MoneyText amount={statements === 0 ? null : amount} /></td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** What cures a block; undefined where only waiting does. */
function cureOf(block: QuarterBlock, { month, request }: { month: string | null; request: QuarterRow['request'] }): string | undefined {
  switch (block) {
    case 'month_unconfirmed': return paths.incentiveProjects(month === null ? {} : { period: month })
    case 'month_under_review': case 'month_failed': return request ? paths.incentivePayments({ open: request.id }) : paths.incentivePayments(month === null ? {} : { period: month })
    case 'frozen': return paths.incentiveProjects({ isFrozen: 'true' })
    case 'business': return paths.business()
    case 'unpaid_bills': return paths.funds()
    case 'month_open': case 'nothing': case 'total': case 'left': return undefined
  }
}

function QuarterBlocks({ row }: { row: QuarterRow }) {
  const { t } = useTranslation()
  return (
    <Notice tone="warning">
      <span className="strong">{t('payments.quarters.blocked')}</span>
      {row.blocks.map(({ block, month }) => {
        const to = cureOf(block, { month, request: row.request })
        return <span key={`${block} ${month ?? ''}`}>{t(`payments.quarters.block.${block}`, { month: month === null ? '' : formatMonth(month) })}{to !== undefined && <> <Link className="text-link" to={to}>{t(`payments.quarters.cure.${block}`)}</Link></>}</span>
      })}
    </Notice>
  )
}
