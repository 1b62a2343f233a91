import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import { getAutomaticPayment, type PaymentBlock } from '#contract/incentive-payments.ts'
import { query } from '#src/api/query.ts'
import { BigFigure } from '#src/components/BigFigure.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { Button } from '#src/components/Button.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { formatMoney } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import type { Requestable } from './rules.ts'

/** What can be requested now, what stops it, and whether requests are made by themselves. */
export function PayablePanel({ requestable, onAutomatic }: { requestable: UseQueryResult<Requestable>; onAutomatic: () => void }) {
  const { t } = useTranslation()
  const { data, error, refetch } = requestable
  if (!data && error) return <div className="payable"><ErrorState isInline error={error} onRetry={() => void refetch()} /></div>
  return (
    <section className="payable" aria-label={t('payments.payable.title')}>
      <div className="panel">
        <div className="panel-body">
          <p className="second">{t('payments.payable.title')}</p>
          {data ? <BigFigure amount={data.payable} /> : <p className="figure"><i className="skeleton" /></p>}
          <p className="caption">
            {data && data.quarterly !== '0.00' && <>{t('payments.payable.quarterly', { amount: formatMoney(data.quarterly) })} <Link className="text-link" to={paths.incentiveQuarters()}>{t('payments.payable.quarterly_link')}</Link></>}
            {data?.redeemUntil && <span> {t('payments.payable.redeem_until', { day: data.redeemUntil })}</span>}
          </p>
        </div>
        <Automatic onEdit={onAutomatic} />
      </div>
      {data && data.blocks.length > 0 && <Blocks blocks={data.blocks} />}
    </section>
  )
}

function Automatic({ onEdit }: { onEdit: () => void }) {
  const { t } = useTranslation()
  const { data } = useQuery(query(getAutomaticPayment, {}))
  return (
    <div className="panel-body automatic">
      <p className="second">{t('payments.automatic.title')}</p>
      {data ? <p>{data.isOn && data.option ? t('payments.automatic.on', { option: t(`payments.option.${data.option}`) }) : t('payments.automatic.off')}</p> : <p><i className="skeleton" /></p>}
      <p><Button variant="row" aria-haspopup="dialog" onPress={onEdit}>{t('payments.automatic.edit')}</Button></p>
    </div>
  )
}

const cures: Record<PaymentBlock, string | undefined> = { business: paths.business(), unpaid_bills: paths.funds(), left: undefined }

/** Why nothing can be requested at all, each with the way to what cures it. */
export function Blocks({ blocks }: { blocks: readonly PaymentBlock[] }) {
  const { t } = useTranslation()
  const [only] = blocks.length === 1 ? blocks : []
  const cure = only && cures[only]
  return (
    <Notice tone="warning" action={only && cure && <ButtonLink isSmall to={cure}>{t(`payments.block_cure.${only}`)}</ButtonLink>}>
      <span className="strong">{t('payments.payable.blocks')}</span>
      {blocks.map((block) => {
        const to = cures[block]
        return <span key={block}>{t(`payments.block.${block}`)}{blocks.length > 1 && to && <> <Link className="text-link" to={to}>{t(`payments.block_cure.${block}`)}</Link></>}</span>
      })}
    </Notice>
  )
}
