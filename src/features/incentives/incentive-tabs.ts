/** The parts of the page, in their order. */
export const incentiveTabs = ['overview', 'statements', 'lines', 'freezes'] as const
export type IncentiveTab = (typeof incentiveTabs)[number]
