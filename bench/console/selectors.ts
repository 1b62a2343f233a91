/** Where a person looks and clicks; everything the measurement knows about the markup of a site. */
export interface Selectors {
  /** A row of the list with data in it (a skeleton's rows must not match) */
  row: string
  /** The checkbox, inside of a row */
  tick: string
  /** The text field above the list */
  filter: string
  /** What is clicked to leave the list for the second page */
  open: string
  /** What shows that the second page has its data */
  opened: string
}

export const floorSelectors: Selectors = {
  row: '[data-page=customers] tbody tr[data-row-key]',
  tick: 'input[type=checkbox]',
  filter: 'input[data-filter]',
  open: 'a[data-nav=invoices]',
  opened: '[data-page=invoices] tbody tr[data-row-key]',
}

export const consoleSelectors: Selectors = {
  row: 'table tbody tr[data-row-key]',
  tick: 'input[type=checkbox]:enabled, [role=checkbox]:not([aria-disabled=true])',
  filter: 'input[data-filter]',
  open: 'tbody tr[data-row-key] a[data-open]',
  opened: '[data-page=customer] h1',
}
