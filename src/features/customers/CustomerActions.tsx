import { memo } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { IconButton } from '#src/components/IconButton.tsx'
import { Menu, type MenuItem } from '#src/components/Menu.tsx'
import { overPage } from '#src/components/use-modal-route.ts'
import { useCouponRights } from '#src/coupons/use-coupon-rights.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { rowWords } from './labels.ts'
import { mayEver, whyNot } from './money-rules.ts'
import type { FoundCustomer } from './use-customer-columns.tsx'
import { useMover } from './use-mover.ts'

type Props = { row: FoundCustomer; address: string; onEditTag: (row: FoundCustomer) => void; onExport: (row: FoundCustomer) => void }

/** The actions of a row. Where money cannot be moved at all, the two words give way to the details, and the menu tells why. */
export const CustomerActions = memo(function CustomerActions({ row, address, onEditTag, onExport }: Props) {
  const { t } = useTranslation()
  const mover = useMover()
  const mayTag = useCan('customer.tag')
  const mayExport = useCan('customer.export')
  const mayAssign = useCan('org.assign')
  const { issuable, isRestricted } = useCouponRights()
  const moves = (['allocate', 'reclaim'] as const).map((move) => ({ move, reason: whyNot(mover, move, row), isInLine: row.associationType === 'RESALE' && mayEver(mover, move) }))
  const inLine = moves.filter((one) => one.isInLine)
  const items: MenuItem[] = [
    { key: 'details', label: t('customers.view_details'), to: paths.customer(row.id) },
    ...(row.associationType === 'RESALE' ? [{ key: 'funds', label: t('customers.view_funds'), to: paths.customer(row.id, 'funds') }] : []),
    ...moves.filter((one) => !one.isInLine).map(({ move, reason }) => ({ key: move, label: t(`customers.${move}`), disabledReason: reason && t(reason, { max: 100 }) })),
    ...(issuable.length > 0 ? [{ key: 'coupons', label: t('customers.issue_coupons'), to: paths.issueCoupons({ ids: [row.id], over: 'customers', keep: address }), state: overPage, disabledReason: isRestricted ? t('customers.coupons_restricted') : undefined }] : []),
    ...(mayAssign ? [{ key: 'assign', label: t(row.manager ? 'customers.change_manager' : 'customers.assign'), to: paths.assign({ ids: [row.id], keep: address }), state: overPage }] : []),
    { key: 'tag', label: t('customers.edit_tag'), onPress: () => onEditTag(row), disabledReason: mayTag ? undefined : t('customers.reason.no_tag') },
    ...(mayExport ? [{ key: 'export', label: t('customers.export_this'), onPress: () => onExport(row) }] : []),
  ]
  return (
    <>
      {inLine.map(({ move, reason }) => (
        <ButtonLink key={move} variant="row" to={paths[move]({ ids: [row.id], keep: address })} state={overPage} disabledReason={reason && t(reason, { max: 100 })}>{t(`customers.${move}`)}</ButtonLink>
      ))}
      {inLine.length === 0 && <ButtonLink variant="row" to={paths.customer(row.id)}>{t('common.details')}</ButtonLink>}
      <Menu items={items} label={t('common.more_actions', { row: rowWords(row) })}>
        {(trigger) => <IconButton icon="more" label={t('common.more_actions', { row: rowWords(row) })} {...trigger} />}
      </Menu>
    </>
  )
})
