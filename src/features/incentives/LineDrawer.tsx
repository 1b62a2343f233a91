import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Answer } from '#contract/endpoint.ts'
import { type Feedback, getLine, type IncentiveLine } from '#contract/incentives.ts'
import { query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { Ledger } from '#src/components/Ledger.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { RowDrawer } from '#src/components/RowDrawer.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { Time } from '#src/components/Time.tsx'
import { formatMonth } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { CustomerCell } from './CustomerCell.tsx'
import { feedbackLook } from './labels.ts'
import { whyNoFeedback } from './rules.ts'

type Details = Answer<typeof getLine>

/** Everything about the line that the address names by `open`: how it was computed, what the vendor changed, and what was said about it. */
export function LineDrawer({ onFeedback }: { onFeedback: (line: IncentiveLine) => void }) {
  const { t } = useTranslation()
  return <RowDrawer title={() => t('incentives.drawer')} ask={(id) => query(getLine, { params: { id } })}>{(line) => <Content line={line} onFeedback={onFeedback} />}</RowDrawer>
}

function Content({ line, onFeedback }: { line: Details; onFeedback: (line: IncentiveLine) => void }) {
  const { t } = useTranslation()
  const why = whyNoFeedback(line)
  const { statement } = line
  return (
    <div className="line-details">
      <Facts facts={[
        { key: 'number', label: t('incentives.field.line'), value: <>{line.number}<CopyButton text={line.number} what={t('incentives.field.line')} /></> },
        { key: 'statement', label: t('incentives.field.statement'), value: <><Link to={paths.incentive(statement.id)}>{statement.number}</Link> {formatMonth(statement.period)}</> },
        { key: 'program', label: t('incentives.field.program'), value: line.programName },
        { key: 'customer', label: t('incentives.field.customer'), value: <CustomerCell {...line} /> },
        { key: 'type', label: t('incentives.field.type'), value: t(`customers.type.${line.associationType}`) },
        { key: 'product', label: t('incentives.field.product'), value: line.productType },
        { key: 'billing', label: t('incentives.field.billing'), value: t(`incentives.billing.${line.billingMode}`) },
        { key: 'order', label: t('incentives.field.order'), value: line.order ?? '–' },
        { key: 'data', label: t('incentives.field.data_number'), value: <>{line.dataNumber}<CopyButton text={line.dataNumber} what={t('incentives.field.data_number')} /></> },
        { key: 'manager', label: t('incentives.field.manager'), value: line.manager?.nameMasked ?? '–' },
        { key: 'reseller', label: t('incentives.field.reseller'), value: line.resellerMasked ?? '–' },
        { key: 'rate', label: t('incentives.field.rate'), value: <span><MoneyText amount={line.baseAmount} /> × {line.rate} %</span> },
      ]}
      />
      <Ledger
        lines={[{ key: 'incentive', label: t('incentives.field.incentive'), amount: line.incentive }, { key: 'tax', label: t('incentives.field.tax'), amount: line.tax, isMinus: true }, { key: 'adjustment', label: t('incentives.field.adjustment'), amount: line.adjustment }]}
        sum={{ label: t('incentives.field.net'), amount: line.net }} note={line.isExcluded ? t('incentives.exclusion', { reason: line.exclusionReason ?? '–' }) : undefined}
      />
      {line.isFrozen && <p><StatusTag tone="warning">{t('incentives.frozen_mark')}</StatusTag> <Link to={paths.incentives({ tab: 'freezes', statementId: statement.id })}>{t('incentives.view_freezes')}</Link></p>}
      <Adjustments history={line.adjustmentHistory} />
      <section>
        <div className="section-line"><h3>{t('incentives.feedbacks')}</h3><Button isSmall disabledReason={why && t(`incentives.feedback.${why}`)} onPress={() => onFeedback(line)}>{t('incentives.feedback.act')}</Button></div>
        {line.feedbacks.length === 0 ? <p className="second">{t('incentives.feedbacks_none')}</p> : <ul className="feedbacks">{line.feedbacks.map((one) => <Said key={one.id} feedback={one} />)}</ul>}
      </section>
    </div>
  )
}

function Adjustments({ history }: { history: Details['adjustmentHistory'] }) {
  const { t } = useTranslation()
  return (
    <section>
      <h3>{t('incentives.adjustments')}</h3>
      {history.length === 0 ? <p className="second">{t('incentives.adjustments_none')}</p> : (
        <table className="plain-table" aria-label={t('incentives.adjustments')}>
          <tbody>
            {history.map(({ amount, reason, at }) => <tr key={at}><td><span className="stack wrap"><span>{reason}</span><span><Time at={at} /></span></span></td><td className="num"><MoneyText amount={amount} /></td></tr>)}
          </tbody>
        </table>
      )}
    </section>
  )
}

/** An opinion, who said it and when, and the vendor's answer. */
function Said({ feedback }: { feedback: Feedback }) {
  const { t } = useTranslation()
  return (
    <li>
      <p className="said-by"><StatusTag {...feedbackLook[feedback.state]}>{t(`incentives.feedback_state.${feedback.state}`)}</StatusTag><span className="caption">{feedback.byMasked} · <Time at={feedback.at} /></span></p>
      <p>{feedback.opinion}</p>
      {feedback.answer !== null && <p className="answer"><b>{t('incentives.answer')}</b>{feedback.answeredAt && <span className="caption"><Time at={feedback.answeredAt} /></span>}<span>{feedback.answer}</span></p>}
    </li>
  )
}
