/** How many names of a partner hold a part: counting them again for every page of a common part would read every name. */
export type NameTotal = {
  /** Of the partner's names when they were counted. Every new or changed name makes another one, so that an old count is never used. */
  version: string
  total: number
  /** The part's rarest pair and how many names have it. */
  gram: string
  holders: number
}

/** A rarer part is collected at once, which counts it, too. */
const totalMin = 200
/** A partner's people look for the same few words: legal forms, trades, brands. */
const keptMax = 2000

/** Of this process. Others may count for themselves: a count and its version are read in one statement, so both are right. */
const kept = new Map<string, NameTotal>()
const keyOf = (partnerId: string, typed: string): string => `${partnerId} ${typed}`

/** @param typed the part as the person typed it. @returns what was counted last; to be used only if its version still is the partner's. */
export const recallTotal = (partnerId: string, typed: string): NameTotal | undefined => kept.get(keyOf(partnerId, typed))

/** Keeps a count, if the part is common; the oldest makes room. */
export function keepTotal(partnerId: string, typed: string, total: NameTotal): void {
  if (total.total < totalMin) return
  const key = keyOf(partnerId, typed)
  kept.delete(key)
  kept.set(key, total)
  const [oldest] = kept.keys()
  if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest)
}
