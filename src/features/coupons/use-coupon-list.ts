import * as z from 'zod/mini'
import { CouponFilter, CouponSort, queryCoupons } from '#contract/coupons-issued.ts'
import type { CouponKind } from '#contract/coupon-kinds.ts'
import type { ExportRequest } from '#contract/exports.ts'
import { listQuery } from '#src/api/query.ts'
import { useLookupList } from '#src/components/use-lookup-list.ts'

const { kind: _kind, ...ownFields } = CouponFilter.shape
/** The kind is chosen beside the tabs, and stays when the filters are cleared. */
const OwnFilter = z.object(ownFields)

/** Everything the list of issued coupons of a kind shows: the address, a look-up by personal data, and the answer. */
export function useCouponList(kind: CouponKind) {
  const found = useLookupList({ filter: OwnFilter, sort: { options: CouponSort.options, initial: '-issuedAt' } }, (body) => listQuery(queryCoupons, { body: { ...body, filter: { ...body.filter, kind } } }))
  const { list, personal } = found
  const exportRequest: ExportRequest = { content: 'coupons', filter: { ...list.filter, kind }, sort: list.sort, ...personal }
  return { ...found, exportRequest }
}

export type CouponList = ReturnType<typeof useCouponList>
