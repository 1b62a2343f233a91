import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Quota } from '#contract/coupons.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { quotaLook } from '#src/coupons/looks.ts'
import { ScopeText } from '#src/coupons/ScopeText.tsx'
import { lastInstant } from '#src/coupons/last-day.ts'
import { useCouponRights } from '#src/coupons/use-coupon-rights.ts'
import { useOpenAddress } from './use-open-address.ts'

/** @returns the columns of the quotas. Widths fit a 1440 wide screen in both languages; where a row has an action more, a column less is shown at first. */
export function useQuotaColumns(): readonly Column<Quota>[] {
  const { t } = useTranslation()
  const { mayGive } = useCouponRights()
  return [
    { key: 'number', header: t('coupons.quota.field.number'), width: 158, card: 'lead', isFixed: true, cell: (row) => <NumberCell row={row} /> },
    { key: 'source', header: t('coupons.quota.field.source'), width: 86, card: 'skip', cell: (row) => t(`coupons.quota.source.${row.source}`) },
    { key: 'left', header: t('coupons.quota.field.left'), width: 106, isNumber: true, sort: 'left', isFixed: true, cell: (row) => <MoneyText amount={row.left} isStrong /> },
    { key: 'granted', header: t('coupons.quota.field.granted'), width: 106, isNumber: true, sort: 'granted', cell: (row) => <MoneyText amount={row.granted} /> },
    { key: 'issued', header: t('coupons.quota.field.issued'), width: 98, isNumber: true, cell: (row) => <span className="quiet"><MoneyText amount={row.issued} /></span> },
    { key: 'returned', header: t('coupons.quota.field.returned'), width: 92, isNumber: true, isHiddenByDefault: mayGive, cell: (row) => <span className="quiet"><MoneyText amount={row.returned} /></span> },
    { key: 'validity', header: t('coupons.quota.field.validity'), width: 110, sort: 'validTo', cell: (row) => <Validity row={row} /> },
    { key: 'scope', header: t('coupons.quota.field.scope'), width: 116, card: 'full', cell: (row) => <ScopeCell row={row} /> },
    { key: 'invoice', header: t('coupons.quota.field.invoice'), width: 76, card: 'skip', cell: (row) => t(`coupons.quota.invoice.${row.invoiceRecipient}`) },
    { key: 'state', header: t('coupons.quota.field.state'), width: 104, card: 'state', isFixed: true, cell: (row) => <StatusTag {...quotaLook[row.state]}>{t(`coupons.quota.state.${row.state}`)}</StatusTag> },
  ]
}

function NumberCell({ row }: { row: Quota }) {
  const { t } = useTranslation()
  const open = useOpenAddress()
  return <span className="cell"><Link data-open to={open(row.id)} preventScrollReset>{row.number}</Link><CopyButton text={row.number} what={t('coupons.quota.field.number')} /></span>
}

/** The last day it is in force, under the first one: the end is what people look for. */
function Validity({ row }: { row: Quota }) {
  const { t } = useTranslation()
  const [before = '', after = ''] = t('coupons.quota.until', { day: '\n' }).split('\n')
  return <span className="stack"><Time at={row.validFrom} look="day" /><span>{before}<Time at={lastInstant(row.validTo)} look="day" />{after}</span></span>
}

/** What it may pay for, and below it whom it may reach. */
function ScopeCell({ row: { scope, onlyFor } }: { row: Quota }) {
  const { t } = useTranslation()
  const whom = onlyFor ? t('coupons.scope.only_for') : scope.customers.length > 0 ? t('coupons.scope.customers', { count: scope.customers.length }) : scope.associationType ? t(`coupons.scope.association_type.${scope.associationType}`) : undefined
  return <ScopeText scope={scope} whom={whom} />
}
