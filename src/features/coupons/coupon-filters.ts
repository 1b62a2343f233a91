import type { TFunction } from 'i18next'
import { CouponSort, CouponState } from '#contract/coupons-issued.ts'
import type { Filter } from '#src/components/filter-types.ts'
import { mobileOrLast4, namePart } from '#src/lib/look-up.ts'
import type { CouponList } from './use-coupon-list.ts'

const digits = (text: string) => (/^[0-9 ]{1,20}$/.test(text) ? undefined : 'number')

/** @returns the filters in the order in which people reach for them. Name and mobile travel in the request body; the others stand in the address. */
export function couponFilters({ list, lookup, kept, setLookup }: Pick<CouponList, 'list' | 'lookup' | 'kept' | 'setLookup'>, t: TFunction): Filter[] {
  const { filter, setFilter } = list
  const keptText = (kind: 'name' | 'mobile') => (kept.includes(kind) ? t('coupons.kept_lookup') : undefined)
  const number = (key: 'number' | 'quotaNumber' | 'orderNumber', label: string): Filter => ({ kind: 'text', key, label, value: filter[key], hint: t('coupons.hint_number'), onChange: (value) => setFilter({ [key]: value }) })
  return [
    ...(kept.includes('name') ? [{ kind: 'text' as const, key: 'name', label: t('coupons.coupon.search'), value: undefined, kept: keptText('name'), check: namePart, onChange: (name: string | undefined) => setLookup({ ...lookup, name }) }] : []),
    ...(filter.customerId ? [{ kind: 'choice' as const, key: 'customer', label: t('coupons.coupon.field.customer'), value: filter.customerId, options: [{ value: filter.customerId, label: t('coupons.coupon.this_customer') }], onChange: () => setFilter({ customerId: undefined }) }] : []),
    { kind: 'choice', key: 'state', label: t('coupons.coupon.field.state'), value: filter.state, options: CouponState.options.map((value) => ({ value, label: t(`coupons.coupon.state.${value}`) })), onChange: (value) => setFilter({ state: CouponState.options.find((one) => one === value) }) },
    { kind: 'days', key: 'issued', label: t('coupons.coupon.field.issued_at'), from: filter.issuedFrom, to: filter.issuedTo, onChange: ({ from, to }) => setFilter({ issuedFrom: from, issuedTo: to }) },
    { kind: 'days', key: 'expiry', label: t('coupons.coupon.field.valid_until'), future: true, from: filter.expiryFrom, to: filter.expiryTo, onChange: ({ from, to }) => setFilter({ expiryFrom: from, expiryTo: to }) },
    { kind: 'text', key: 'mobile', label: t('coupons.coupon.field.mobile'), value: lookup?.mobile, kept: keptText('mobile'), isPersonal: true, hint: t('coupons.hint_mobile'), check: mobileOrLast4, onChange: (mobile) => setLookup({ ...lookup, mobile }) },
    { kind: 'text', key: 'customerNumber', label: t('coupons.coupon.field.customer_number'), value: filter.customerNumber, hint: t('coupons.hint_customer_number'), check: digits, onChange: (customerNumber) => setFilter({ customerNumber }) },
    number('number', t('coupons.coupon.field.number')),
    number('quotaNumber', t('coupons.coupon.field.quota')),
    number('orderNumber', t('coupons.coupon.field.order')),
    { kind: 'choice', key: 'endsSoon', label: t('coupons.quota.ends_soon'), value: filter.endsSoon ? 'true' : undefined, options: [{ value: 'true', label: t('coupons.coupon.ends_soon_yes') }], onChange: (value) => setFilter({ endsSoon: value === 'true' ? true : undefined }) },
  ]
}

/** The order of the list, for phones, where there are no column heads to press. */
export const couponSortFilter = ({ sort, setSort }: CouponList['list'], t: TFunction): Filter => ({
  kind: 'choice', key: 'sort', label: t('coupons.sort_label'), value: sort === '-issuedAt' ? undefined : sort,
  options: CouponSort.options.map((value) => ({ value, label: t(`coupons.coupon.sort.${value}`) })), onChange: (value) => setSort(value ?? '-issuedAt'),
})
