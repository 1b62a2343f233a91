// Without schemas, because the list of customers asks it before any form is open.

/** At most so many customers per allocation or reclaim. */
export const batchMax = 100
