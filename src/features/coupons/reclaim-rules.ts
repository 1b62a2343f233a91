import type { CouponsReclaimed } from '#contract/coupons-issued.ts'
import { type Amount, toMinor } from '#contract/money.ts'

/** @returns what the rows would bring back, in minor units; a row that would be refused brings nothing. */
export const expectedTotal = (rows: readonly { expected: Amount; problem: string | undefined }[]): bigint => rows.reduce((sum, { expected, problem }) => sum + (problem === undefined ? toMinor(expected) : 0n), 0n)

/** @returns by how much less came back than was expected, in minor units. */
export const shortfall = ({ expected, actual }: { expected: Amount; actual: Amount }): bigint => toMinor(expected) - toMinor(actual)

/** As shortfall, over all rows. */
export const totalShortfall = ({ expectedTotal: expected, actualTotal: actual }: Pick<CouponsReclaimed, 'expectedTotal' | 'actualTotal'>): bigint => shortfall({ expected, actual })
