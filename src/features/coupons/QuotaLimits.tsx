import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Quota } from '#contract/coupons.ts'
import { Facts } from '#src/components/Facts.tsx'
import { formatCustomerNumber } from '#src/lib/format.ts'

/** What coupons of the quota may pay for, and whom they may reach. */
export function QuotaLimits({ quota: { scope, onlyFor, invoiceRecipient } }: { quota: Pick<Quota, 'scope' | 'onlyFor' | 'invoiceRecipient'> }) {
  const { t } = useTranslation()
  const separator = t('common.list_separator')
  const all = t('coupons.scope.all')
  const nameOf = ({ number, nameMasked }: Quota['scope']['customers'][number]): string => (nameMasked === null ? t('coupons.scope.not_yours', { number: formatCustomerNumber(number) }) : `${nameMasked}${t('coupons.id_tail', { tail: number.slice(-4) })}`)
  const customers = onlyFor ? [`${nameOf(onlyFor)} · ${t('coupons.scope.only_for')}`] : scope.customers.map(nameOf)
  return (
    <Facts facts={[
      { key: 'products', label: t('coupons.scope.products'), value: scope.products.join(separator) || all },
      { key: 'orders', label: t('coupons.scope.orders'), value: scope.orderTypes.map((one) => t(`coupons.scope.order.${one}`)).join(separator) || all },
      { key: 'customers', label: t('coupons.scope.customers_label'), value: customers.join(separator) || all },
      { key: 'association', label: t('coupons.scope.association'), value: scope.associationType ? t(`coupons.scope.association_type.${scope.associationType}`) : all },
      { key: 'invoice', label: t('coupons.quota.field.invoice'), value: t(`coupons.quota.invoice.${invoiceRecipient}`) },
    ]}
    />
  )
}
