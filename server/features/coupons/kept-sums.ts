/** What coupons come to, in minor units. */
export type Sums = { total: number; faceValue: bigint; balance: bigint }
/** Sums with what they were made from: they hold as long as the version does, for the coupons that `seen`, a snapshot of the database, shows. */
export type KeptSums = Sums & { version: string; seen: string; /** When they were made anew. */ at: string }

/** Fewer are summed anew at once. */
const totalMin = 200
/** People ask for the same few views. */
const keptMax = 2000

/** Of this process. Others may sum for themselves: sums and their version are read in one statement, so both are right. */
const kept = new Map<string, KeptSums>()

/** @param key partner, person's reach and everything that was asked for. @returns what was summed last; to be shown only if its version still is the partner's, and with what has changed since. */
export const recallSums = (key: string): KeptSums | undefined => kept.get(key)

/** Keeps sums, if they are of many coupons; the oldest make room. */
export function keepSums(key: string, sums: KeptSums): void {
  kept.delete(key)
  if (sums.total < totalMin) return
  kept.set(key, sums)
  const [oldest] = kept.keys()
  if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest)
}
