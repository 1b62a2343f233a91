import { useTranslation } from '#src/i18n/use-translation.ts'
import type { CouponScope } from '#contract/coupons.ts'

/** What a coupon may pay for, in one line. More than two products are counted; their names show on hover. */
export function ScopeText({ scope: { products, orderTypes } }: { scope: CouponScope }) {
  const { t } = useTranslation()
  const separator = t('common.list_separator')
  const goods = products.length > 2 ? t('coupons.scope.short_products', { count: products.length }) : products.join(separator)
  const orders = orderTypes.map((one) => t(`coupons.scope.order.${one}`)).join(separator)
  const parts = [goods, orders].filter((part) => part !== '')
  if (parts.length === 0) return <span className="quiet">{t('coupons.scope.all')}</span>
  return <span title={[products.join(separator), orders].filter((part) => part !== '').join(' · ')}>{parts.join(' · ')}</span>
}
