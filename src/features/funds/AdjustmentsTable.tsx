import type { ReactNode } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useSearchParams } from 'react-router'
import type { Adjustment } from '#contract/funds.ts'
import { movesFunds } from '#contract/people.ts'
import { DataTable, type DataTableProps } from '#src/components/DataTable.tsx'
import { IconButton } from '#src/components/IconButton.tsx'
import { Menu, type MenuItem } from '#src/components/Menu.tsx'
import { overPage } from '#src/components/use-modal-route.ts'
import { zoneName } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan, useSession } from '#src/session/use-session.ts'
import { useAdjustmentColumns } from './use-adjustment-columns.tsx'

type Props = Pick<DataTableProps<Adjustment>, 'list' | 'result' | 'empty' | 'noMatch' | 'isFiltered' | 'onClear'> & { filters?: ReactNode }

/** Adjustment records as a list. Its details open over the page in view. */
export function AdjustmentsTable({ filters, ...rest }: Props) {
  const { t } = useTranslation()
  const rows = rest.result.data?.items ?? []
  const columns = useAdjustmentColumns(rows)
  const first = rows[0]
  return (
    <DataTable
      name="adjustments" label={t('funds.adjustments')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.number}
      {...(filters !== undefined && { filters })} actions={(row) => <Actions row={row} />} actionsWidth={96} {...rest}
      foot={first && t('funds.foot', { zone: zoneName(first.at) })}
    />
  )
}

function Actions({ row }: { row: Adjustment }) {
  const { t } = useTranslation()
  const open = useOpenAddress()
  const { partner } = useSession()
  const maySeeCustomer = useCan('customer.view')
  const maySeeLog = useCan('log.view')
  const mayReclaim = useCan('funds.reclaim')
  const [lot] = row.kind === 'allocate' ? row.lots : []
  const reason = !mayReclaim ? t('funds.reason.no_reclaim') : partner.state === 'ACTIVE' ? undefined : t('funds.reason.partner_state')
  const items: MenuItem[] = [
    ...(lot && maySeeCustomer && movesFunds(partner.type) ? [{ key: 'reclaim', label: t('funds.reclaim_lot'), to: paths.reclaim({ ids: [row.customer.id], lot: lot.id, over: 'customer', keep: 'tab=funds' }), state: overPage, disabledReason: reason }] : []),
    ...(maySeeCustomer ? [{ key: 'customer', label: t('funds.view_customer'), to: paths.customer(row.customer.id, 'funds') }] : []),
    ...(row.batchNumber ? [{ key: 'batch', label: t('funds.view_batch'), to: paths.adjustments({ number: row.batchNumber }) }] : []),
    ...(maySeeLog ? [{ key: 'log', label: t('funds.view_log'), to: paths.operationLog({ objectNumber: row.number }) }] : []),
  ]
  return (
    <>
      <Link className="row-action" to={open(row.id)} preventScrollReset>{t('funds.details')}</Link>
      {items.length > 0 && (
        <Menu items={items} label={t('common.more_actions', { row: row.number })}>
          {(trigger) => <IconButton icon="more" label={t('common.more_actions', { row: row.number })} {...trigger} />}
        </Menu>
      )}
    </>
  )
}

/** @returns how to write the address of a record's details over the page in view. */
export function useOpenAddress(): (id: string) => { search: string } {
  const [search] = useSearchParams()
  return (id) => {
    const next = new URLSearchParams(search)
    next.set('open', id)
    return { search: String(next) }
  }
}
