import type { Answer } from '#contract/endpoint.ts'
import type { findObjects } from '#contract/search.ts'
import { paths } from '#src/paths.ts'

type Found = Answer<typeof findObjects>['items'][number]

/** @returns the page that shows what was found. */
export function foundPath({ kind, id, number, customerId }: Pick<Found, 'kind' | 'id' | 'number' | 'customerId'>): string {
  switch (kind) {
    case 'customer': return paths.customer(id)
    case 'adjustment': return paths.adjustment(id)
    case 'batch': return paths.adjustments({ number })
    case 'lot': return paths.customer(customerId ?? id, 'funds')
    case 'export': return paths.exports()
    case 'invitation': return paths.invites({ tab: 'records', open: id })
    case 'handover': return paths.assignments({ tab: 'handovers', open: id })
    case 'coupon': return paths.couponsIssued({ open: id })
    case 'quota': return paths.coupons({ open: id })
    case 'request': return paths.operationLog({ open: id })
  }
}
