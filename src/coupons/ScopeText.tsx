import { useTranslation } from '#src/i18n/use-translation.ts'
import type { CouponScope } from '#contract/coupons.ts'

/** What a coupon may pay for: products, and below them the order types. More than one product is counted; the names show on hover.
 *  @param whom whom a quota may reach, in the second line as well. */
export function ScopeText({ scope: { products, orderTypes }, whom }: { scope: CouponScope; whom?: string | undefined }) {
  const { t } = useTranslation()
  const separator = t('common.list_separator')
  const goods = products.length > 1 ? t('coupons.scope.short_products', { count: products.length }) : products[0]
  const more = [orderTypes.map((one) => t(`coupons.scope.order.${one}`)).join(separator), whom ?? ''].filter((part) => part !== '').join(' · ')
  const first = goods ?? (orderTypes.length > 0 ? t('coupons.scope.all_products') : t('coupons.scope.all'))
  return (
    <span className="stack">
      <span className={goods === undefined && orderTypes.length === 0 ? 'quiet' : 'coupon-scope'} {...(products.length > 1 && { title: products.join(separator) })}>{first}</span>
      {more !== '' && <span className="coupon-scope" title={more}>{more}</span>}
    </span>
  )
}
