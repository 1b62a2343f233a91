import type { Shape } from '#src/i18n/shape.ts'
import type { palette as source } from '#src/i18n/zh-CN/palette.ts'

export const palette: Shape<typeof source> = {
  title: 'Search',
  placeholder: 'A page, customer ID, number or request id',
  pages: 'Pages',
  objects: 'Objects',
  nothing: 'Nothing found. Enter the full number; look customers up by name in Customers.',
  start: 'A full number opens a customer, adjustment record, lot, export task or log entry.',
  searching: 'Searching',
  results_one: '{{count}} result',
  results_other: '{{count}} results',
  keys_title: 'Keys',
  key_palette: 'Open search',
  key_keys: 'Show the keys',
  key_filter: 'Go to the search field of a list',
  key_close: 'Close a dialog',
  kind: { customer: 'Customer', adjustment: 'Adjustment record', batch: 'Batch', lot: 'Lot', export: 'Export task', request: 'Request', invitation: 'Invitation', handover: 'Handover', coupon: 'Coupon', quota: 'Coupon quota' },
}
