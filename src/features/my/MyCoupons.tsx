import { useTranslation } from '#src/i18n/use-translation.ts'
import { getMyCoupons } from '#contract/coupons-issued.ts'
import type { Answer } from '#contract/endpoint.ts'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { formatDay, formatMoney } from '#src/lib/format.ts'
import { PartFailed } from './PartFailed.tsx'
import { useAsked } from './use-asked.ts'

type Coupon = Answer<typeof getMyCoupons>['items'][number]
const tones = { INACTIVE: 'info', ACTIVE: 'success', USED: 'neutral', EXPIRED: 'neutral' } as const

/** The coupons that the customer has, as far as they were not taken back. */
export function MyCoupons() {
  const { t } = useTranslation()
  const { answer, error, again } = useAsked(getMyCoupons, {})
  return (
    <section className="my-section" aria-labelledby="my-coupons">
      <h2 id="my-coupons">{t('my.coupons')}</h2>
      {error && <PartFailed words={t('my.coupons_failed')} error={error} onRetry={again} />}
      {!answer && !error && <div className="skeletons" role="status" aria-busy="true" aria-label={t('my.loading')}><i className="skeleton" /><i className="skeleton" /></div>}
      {answer && (answer.items.length > 0 ? <ul className="my-coupons">{answer.items.map((one) => <One key={one.number} coupon={one} />)}</ul> : <p className="second">{t('my.coupons_empty')}</p>)}
    </section>
  )
}

function One({ coupon: { number, kind, faceValue, balance, minOrder, maxShare, scope, validUntil, state } }: { coupon: Coupon }) {
  const { t } = useTranslation()
  const separator = t('common.list_separator')
  const limits = [
    minOrder === '0.00' ? undefined : t('my.coupon_min', { amount: formatMoney(minOrder) }), maxShare === null ? undefined : t('my.coupon_share', { share: maxShare }),
    scope.products.length > 0 ? t('my.coupon_products', { products: scope.products.join(separator) }) : undefined, scope.orderTypes.length > 0 ? t('my.coupon_orders', { orders: scope.orderTypes.map((one) => t(`my.coupon_order.${one}`)).join(separator) }) : undefined,
  ].filter((one) => one !== undefined)
  // The instant from which it is over belongs to the next day.
  const last = formatDay(new Date(Date.parse(validUntil) - 1).toISOString())
  return (
    <li>
      <div className="my-coupon-top"><b>{t(`my.coupon_kind.${kind}`)}</b><StatusTag tone={tones[state]} isPlain={state === 'ACTIVE' || state === 'USED'}>{t(`my.coupon_state.${state}`)}</StatusTag></div>
      <p className="my-balance">{formatMoney(balance)} <small>{t('my.coupon_of', { amount: formatMoney(faceValue) })}</small></p>
      <p className="caption">{number} · {t('my.coupon_until', { day: last })}</p>
      {limits.length > 0 && <p className="caption">{limits.join(' · ')}</p>}
    </li>
  )
}
