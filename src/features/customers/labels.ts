import type { AccountState, CustomerRow } from '#contract/customers.ts'
import type { Tone } from '#src/components/StatusTag.tsx'

/** How a state looks: the expected one is quiet. */
export const stateTone = {
  NORMAL: { tone: 'success', isPlain: true },
  ACCOUNT_FROZEN: { tone: 'warning', isPlain: false },
  RESOURCES_FROZEN: { tone: 'danger', isPlain: false },
} as const satisfies Record<AccountState, { tone: Tone; isPlain: boolean }>

/** @returns masked words for a row, for the names of its controls. */
export const rowWords = (row: Pick<CustomerRow, 'nameMasked' | 'number'>): string => `${row.nameMasked} ${row.number}`
