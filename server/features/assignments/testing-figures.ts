/** What happened to one customer: from this moment it is the manager's, or nobody's. In the order of time. */
export type Event = { at: Date; managerId: string | null }

const zone = 8 * 3_600_000
const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) - zone

/** The rule of the figures, said in another way than the code says it: a day's figures belong to whoever had the customer when the day began, China time.
 *  @returns the manager; null: nobody. */
export const ownerOf = (events: readonly Event[], day: string): string | null => events.findLast(({ at }) => at.getTime() < startOf(day))?.managerId ?? null
