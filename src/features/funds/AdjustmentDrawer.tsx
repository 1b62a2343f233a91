import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Answer } from '#contract/endpoint.ts'
import { type Adjustment, getAdjustment } from '#contract/funds.ts'
import { query } from '#src/api/query.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { RequestId } from '#src/components/FormError.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { NumberText } from '#src/components/NumberText.tsx'
import { RowDrawer } from '#src/components/RowDrawer.tsx'
import { Time } from '#src/components/Time.tsx'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { useOpenAddress } from './AdjustmentsTable.tsx'
import { Direction } from './Direction.tsx'

type Details = Answer<typeof getAdjustment>

/** Everything about the record that the address names by `open`: lots, confirmation, request, and what was moved together with it. */
export function AdjustmentDrawer() {
  const { t } = useTranslation()
  return <RowDrawer title={() => t('funds.drawer')} ask={(id) => query(getAdjustment, { params: { id } })}>{(details) => <Content details={details} />}</RowDrawer>
}

function Content({ details }: { details: Details }) {
  const { t } = useTranslation()
  const { customer } = details
  const maySeeCustomer = useCan('customer.view')
  const maySeeLog = useCan('log.view')
  return (
    <div className="adjustment">
      <div className="adjustment-top">
        <Direction isIn={details.kind !== 'allocate'}>{t(`funds.kind.${details.kind}`)}</Direction>
        <p className="figure"><MoneyText amount={details.amount} /><small>{t('common.unit')}</small></p>
      </div>
      <Facts facts={[
        { key: 'number', label: t('funds.field.number'), value: <>{details.number}<CopyButton text={details.number} what={t('funds.field.number')} /></> },
        ...(details.batchNumber ? [{ key: 'batch', label: t('funds.field.batch'), value: <Link to={paths.adjustments({ number: details.batchNumber })}>{details.batchNumber}</Link> }] : []),
        { key: 'time', label: t('funds.field.time'), value: <Time at={details.at} look="full" /> },
        { key: 'customer', label: t('funds.field.counterparty'), value: (
          <MaskedText id={customer.id} field="name" masked={customer.nameMasked} label={t('funds.field.counterparty')}>
            {(text) => (maySeeCustomer ? <Link to={paths.customer(customer.id, 'funds')}>{text}</Link> : text)}
          </MaskedText>
        ) },
        { key: 'customerNumber', label: t('funds.field.customer_number'), value: <NumberText number={customer.number} what={t('funds.field.customer_number')} /> },
        { key: 'source', label: t('funds.field.source'), value: t(`funds.source.${details.source}`) },
        { key: 'balance', label: t('funds.balance'), value: <span className="nowrap"><MoneyText amount={details.balanceBefore} /> → <MoneyText amount={details.balanceAfter} /></span> },
        { key: 'operator', label: t('funds.field.operator'), value: details.operatorMasked },
        { key: 'confirmed', label: t('funds.confirmed_by'), value: t(`funds.confirmed.${details.confirmedBy}`) },
      ]}
      />
      <Lots details={details} />
      {details.siblings.length > 0 && <Siblings siblings={details.siblings} />}
      <p className="adjustment-foot">
        <RequestId id={details.requestId} />
        {maySeeLog && <Link to={paths.operationLog({ objectNumber: details.number })}>{t('funds.view_log')}</Link>}
      </p>
    </div>
  )
}

function Lots({ details: { kind, lots } }: { details: Details }) {
  const { t } = useTranslation()
  if (lots.length === 0) return null
  const title = t(kind === 'allocate' ? 'funds.lots_made' : 'funds.lots_taken')
  return (
    <section>
      <h3>{title}</h3>
      <table className="plain-table" aria-label={title}>
        <tbody>
          {lots.map((lot) => (
            <tr key={lot.id}>
              <td><span className="cell">{lot.number}<CopyButton text={lot.number} what={t('funds.field.lots')} /></span></td>
              <td className="num"><MoneyText amount={lot.amount} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Siblings({ siblings }: { siblings: readonly Adjustment[] }) {
  const { t } = useTranslation()
  const open = useOpenAddress()
  return (
    <section>
      <h3>{t('funds.siblings')}</h3>
      <table className="plain-table" aria-label={t('funds.siblings')}>
        <tbody>
          {siblings.map((one) => (
            <tr key={one.id}>
              <td><span className="stack"><Link to={open(one.id)} replace preventScrollReset>{one.number}</Link><span>{one.customer.nameMasked} {t('funds.id_tail', { tail: one.customer.number.slice(-4) })}</span></span></td>
              <td>{t(`funds.source.${one.source}`)}</td>
              <td className="num"><MoneyText amount={one.amount} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
