import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useSearchParams } from 'react-router'
import * as z from 'zod/mini'
import { type Coupon, CouponSort, CouponState, queryCoupons } from '#contract/coupons-issued.ts'
import { mayIssueKinds } from '#contract/coupon-kinds.ts'
import { CouponKind } from '#contract/coupons.ts'
import type { Customer } from '#contract/customers.ts'
import { listQuery } from '#src/api/query.ts'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { DataTable } from '#src/components/DataTable.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { type Filter, isSet } from '#src/components/filter-types.ts'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { Section } from '#src/components/Section.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { useListState } from '#src/components/use-list-state.ts'
import { overPage } from '#src/components/use-modal-route.ts'
import { lastInstant } from '#src/coupons/last-day.ts'
import { zoneName } from '#src/lib/format.ts'
import { couponLook } from '#src/coupons/looks.ts'
import { ScopeText } from '#src/coupons/ScopeText.tsx'
import { useCouponRights } from '#src/coupons/use-coupon-rights.ts'
import { paths } from '#src/paths.ts'
import { useSession } from '#src/session/use-session.ts'

const OwnFilter = z.object({ kind: z.optional(CouponKind), state: z.optional(CouponState) })

/** The customer's coupons of every kind that the partner sees, and the way to give it another one. */
export function CouponsTab({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const { kinds } = useCouponRights()
  if (kinds.length === 0) return <EmptyState kind="no-right" title={t('common.state.no_right_title')} text={t('common.state.no_right_text')} />
  return <div className="funds-tab"><Section title={t('coupons.coupon.customer_title')} note={t('coupons.coupon.customer_note')} action={<SeeAll customer={customer} />}><Coupons customer={customer} /></Section></div>
}

function SeeAll({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  return <Link to={paths.couponsIssued({ customerId: customer.id })}>{t('coupons.coupon.see_all')}</Link>
}

function Coupons({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const { kinds } = useCouponRights()
  const list = useListState({ filter: OwnFilter, sort: { options: CouponSort.options, initial: '-issuedAt' }, prefix: 'cp-' })
  const result = useQuery(listQuery(queryCoupons, { body: { page: list.page, pageSize: list.pageSize, sort: list.sort, filter: { ...list.filter, customerId: customer.id } } }))
  const first = result.data?.items[0]
  const columns = useColumns()
  const { kind, state } = list.filter
  const filters: Filter[] = [
    ...(kinds.length > 1 ? [{ kind: 'choice' as const, key: 'kind', label: t('coupons.coupon.field.kind'), value: kind, options: kinds.map((value) => ({ value, label: t(`coupons.kind.${value}`) })), onChange: (value: string | undefined) => list.setFilter({ kind: kinds.find((one) => one === value) }) }] : []),
    { kind: 'choice', key: 'state', label: t('coupons.coupon.field.state'), value: state, options: CouponState.options.map((value) => ({ value, label: t(`coupons.coupon.state.${value}`) })), onChange: (value) => list.setFilter({ state: CouponState.options.find((one) => one === value) }) },
  ]
  return (
    <DataTable
      name="coupons" label={t('coupons.coupon.customer_title')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.number} result={result} list={list}
      filters={<><FilterBar filters={filters} onClear={list.clearFilter} /><IssueHere customer={customer} /></>}
      actions={(row) => <Actions row={row} />} actionsWidth={120}
      empty={{ title: t('coupons.coupon.customer_empty'), text: t('coupons.coupon.customer_empty_text') }}
      noMatch={{ title: t('coupons.no_match'), chips: filters.filter(isSet).map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
      foot={first ? t('coupons.foot', { zone: zoneName(first.issuedAt) }) : t('common.amounts_in')}
    />
  )
}

function IssueHere({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const { issuable, isRestricted } = useCouponRights()
  if (issuable.length === 0) return null
  return <ButtonLink icon="plus" to={paths.issueCoupons({ ids: [customer.id], over: 'customer', keep: search.toString() })} state={overPage} disabledReason={isRestricted ? t('coupons.reason.partner_state') : undefined}>{t('customers.issue_coupons')}</ButtonLink>
}

function Actions({ row }: { row: Coupon }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const { mayReclaim, isRestricted } = useCouponRights()
  const mayThisKind = mayIssueKinds[useSession().partner.type].includes(row.kind)
  return (
    <>
      {mayReclaim && mayThisKind && row.isReclaimable && <ButtonLink variant="row" to={paths.reclaimCoupons({ kind: row.kind, ids: [row.id], over: 'customer', keep: search.toString() }, row.customer.id)} state={overPage} disabledReason={isRestricted ? t('coupons.reason.partner_state') : undefined}>{t('coupons.reclaim')}</ButtonLink>}
      <Link className="row-action" to={paths.couponsIssued({ kind: row.kind, customerId: row.customer.id, open: row.id })}>{t('coupons.details')}</Link>
    </>
  )
}

function useColumns(): readonly Column<Coupon>[] {
  const { t } = useTranslation()
  return [
    { key: 'number', header: t('coupons.coupon.field.number'), width: 160, card: 'lead', isFixed: true, cell: (row) => <span className="cell">{row.number}<CopyButton text={row.number} what={t('coupons.coupon.field.number')} /></span> },
    { key: 'kind', header: t('coupons.coupon.field.kind'), width: 96, isFixed: true, cell: (row) => t(`coupons.kind.${row.kind}`) },
    { key: 'balance', header: t('coupons.coupon.field.balance'), width: 104, isNumber: true, sort: 'balance', isFixed: true, cell: (row) => <MoneyText amount={row.balance} isStrong /> },
    { key: 'faceValue', header: t('coupons.coupon.field.face_value'), width: 104, isNumber: true, isFixed: true, cell: (row) => <MoneyText amount={row.faceValue} /> },
    { key: 'minOrder', header: t('coupons.coupon.field.min_order'), width: 116, isNumber: true, isFixed: true, cell: (row) => <span className="quiet"><MoneyText amount={row.minOrder} /></span> },
    { key: 'scope', header: t('coupons.coupon.field.scope'), width: 104, card: 'full', isFixed: true, cell: (row) => <ScopeText scope={row.scope} /> },
    { key: 'issuedAt', header: t('coupons.coupon.field.issued_at'), width: 100, sort: 'issuedAt', isFixed: true, cell: (row) => <span className="second"><Time at={row.issuedAt} /></span> },
    { key: 'validUntil', header: t('coupons.coupon.field.valid_until'), width: 100, sort: 'validUntil', isFixed: true, cell: (row) => <Time at={lastInstant(row.validUntil)} look="day" /> },
    { key: 'state', header: t('coupons.coupon.field.state'), width: 104, card: 'state', isFixed: true, cell: (row) => <StatusTag {...couponLook[row.state]}>{t(`coupons.coupon.state.${row.state}`)}</StatusTag> },
  ]
}
