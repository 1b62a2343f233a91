import type { CustomerRow } from '#contract/customers.ts'
import { batchMax } from '#contract/limits.ts'
import { movesFunds, type PartnerState, type PartnerType, type Permission } from '#contract/people.ts'
import type { Key } from '#src/i18n/i18n.ts'

/** Who asks: what the person may do, and whether the partner may move money at all. */
export type Mover = { permissions: readonly Permission[]; partnerType: PartnerType; partnerState: PartnerState }

type Move = 'allocate' | 'reclaim'
const permission = { allocate: 'funds.allocate', reclaim: 'funds.reclaim' } as const satisfies Record<Move, Permission>
const noPermission = { allocate: 'customers.reason.no_allocate', reclaim: 'customers.reason.no_reclaim' } as const satisfies Record<Move, Key>

/** @returns whether the person may do this at all, whatever the customer. */
export const mayEver = (mover: Mover, move: Move): boolean => movesFunds(mover.partnerType) && mover.permissions.includes(permission[move])

/** @returns the reason why this customer cannot be allocated to or reclaimed from now, or undefined. The server decides again. */
export function whyNot(mover: Mover, move: Move, customer: Pick<CustomerRow, 'associationType' | 'balance'>): Key | undefined {
  if (customer.associationType === 'REFERRAL') return 'customers.reason.referral'
  const general = whyNever(mover, move)
  if (general) return general
  if (move === 'reclaim' && customer.balance === '0.00') return 'customers.reason.no_balance'
  return undefined
}

/** As whyNot, for ticked customers: the batch acts on the resale ones. */
export function whyNotBatch(mover: Mover, move: Move, resale: number): Key | undefined {
  return whyNever(mover, move) ?? (resale === 0 ? 'customers.reason.none_resale' : resale > batchMax ? 'customers.reason.too_many' : undefined)
}

function whyNever(mover: Mover, move: Move): Key | undefined {
  if (!movesFunds(mover.partnerType)) return 'customers.reason.no_operation'
  if (!mayEver(mover, move)) return noPermission[move]
  if (mover.partnerState !== 'ACTIVE') return 'customers.reason.partner_state'
  return undefined
}
