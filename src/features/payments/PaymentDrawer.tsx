import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import { getPayment, type PaymentDetail } from '#contract/incentive-payments.ts'
import { query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { RowDrawer } from '#src/components/RowDrawer.tsx'
import { Time } from '#src/components/Time.tsx'
import { formatMonth, formatTime } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { Arrived, PaidTo } from './PaidTo.tsx'
import { PaymentCure } from './PaymentActions.tsx'
import { PaymentSteps } from './PaymentSteps.tsx'
import { Periods } from '#src/components/Periods.tsx'
import { isBad } from './rules.ts'
import { useOver } from './use-over.ts'

/** Everything about the request that the address names by `open`. */
export function PaymentDrawer() {
  const { t } = useTranslation()
  return <RowDrawer<PaymentDetail> title={(details) => (details ? t('payments.detail.title_of', { number: details.number }) : t('payments.detail.title'))} ask={(id) => query(getPayment, { params: { id } })}>{(details) => <Content details={details} />}</RowDrawer>
}

function Content({ details }: { details: PaymentDetail }) {
  const { t } = useTranslation()
  const maySeeLog = useCan('log.view')
  return (
    <div className="payment">
      <div className="payment-top">
        <p className="figure"><MoneyText amount={details.total} /><small>{t('common.unit')}</small></p>
        <PaymentSteps row={details} />
      </div>
      {details.reason !== null && <Notice tone="danger" action={<PaymentCure row={details} />}>{t('payments.detail.reason', { reason: details.reason })}</Notice>}
      {details.may.withdraw && <GiveUp details={details} />}
      {details.reason === null && details.may.invoice && <div><PaymentCure row={details} /></div>}
      <PaymentFacts details={details} />
      {details.payout !== details.total && <p className="caption">{t('payments.detail.payout_note')}</p>}
      {details.isInvoiceOwed && <p className="caption">{t('payments.detail.owed')}</p>}
      <History details={details} />
      <Statements details={details} />
      {maySeeLog && <p><Link className="text-link" to={paths.operationLog({ objectNumber: details.number })}>{t('payments.detail.log')}</Link></p>}
    </div>
  )
}

/** What becomes of a request whose payment failed, and the way out where it cannot go on. */
function GiveUp({ details: { id, option } }: { details: PaymentDetail }) {
  const { t } = useTranslation()
  const { openWithdraw } = useOver()
  return (
    <div className="payment-give-up">
      <p className="caption">{t(option === 'BANK_TRANSFER' ? 'payments.withdraw.goes_on' : 'payments.withdraw.paid_again')}</p>
      <Button isSmall aria-haspopup="dialog" onPress={() => openWithdraw(id)}>{t('payments.withdraw.action')}</Button>
    </div>
  )
}

function PaymentFacts({ details }: { details: PaymentDetail }) {
  const { t } = useTranslation()
  return (
    <Facts facts={[
      { key: 'number', label: t('payments.field.number'), value: <>{details.number}<CopyButton text={details.number} what={t('payments.field.number')} /></> },
      { key: 'at', label: t('payments.field.at'), value: <Time at={details.at} look="full" /> },
      { key: 'period', label: t('payments.field.period'), value: <Periods from={details.periodFrom} to={details.periodTo} /> },
      { key: 'option', label: t('payments.field.option'), value: t(`payments.option.${details.option}`) },
      ...(details.payout === details.total ? [] : [{ key: 'payout', label: t('payments.field.payout'), value: <MoneyText amount={details.payout} /> }]),
      ...(details.bank ? [{ key: 'bank', label: t('payments.detail.bank'), value: <PaidTo bank={details.bank} /> }] : []),
      ...(details.expectedBy && details.state !== 'COMPLETED' ? [{ key: 'expected', label: t('payments.detail.expected'), value: t('payments.detail.expected_value', { time: formatTime(details.expectedBy) }) }] : []),
      ...(details.arrivedAs ? [{ key: 'arrived', label: t('payments.detail.arrived'), value: <Arrived option={details.option} as={details.arrivedAs} /> }] : []),
      { key: 'operator', label: t('payments.field.operator'), value: details.isAutomatic ? t('payments.automatic_by') : (details.operatorMasked ?? '–') },
    ]}
    />
  )
}

/** Every step, also repeated ones, newest last. */
function History({ details }: { details: PaymentDetail }) {
  const { t } = useTranslation()
  return (
    <section>
      <h3>{t('payments.detail.history')}</h3>
      <ol className="payment-history">
        {details.history.map((step) => (
          <li key={`${step.state} ${step.at}`} className={isBad(step.state) || step.state === 'WITHDRAWN' ? 'failed' : 'done'}>
            <span>
              {t(`payments.state.${step.state}`)}
              {step.reason !== null && <span className="history-note">{t('payments.detail.reason', { reason: step.reason })}</span>}
            </span>
            <span className="stack"><Time at={step.at} /><span>{step.by === 'member' ? (step.byMasked ?? '') : t(`payments.detail.by_${step.by}`)}</span></span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Statements({ details }: { details: PaymentDetail }) {
  const { t } = useTranslation()
  return (
    <section>
      <h3>{t('payments.detail.statements')}</h3>
      <table className="plain-table" aria-label={t('payments.detail.statements')}>
        <tbody>
          {details.items.map((item) => (
            <tr key={item.id}>
              <td><span className="stack"><Link to={paths.incentive(item.id)}>{item.number}</Link><span>{item.programName}</span></span></td>
              <td>{formatMonth(item.period)}</td>
              <td className="num"><MoneyText amount={item.amount} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
