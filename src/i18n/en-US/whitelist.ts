import type { Shape } from '#src/i18n/shape.ts'
import type { whitelist as zh } from '#src/i18n/zh-CN/whitelist.ts'

/** The customer whitelist of subsidy partners. */
export const whitelist: Shape<typeof zh> = {
  tab: 'Customer whitelist', title: 'Customer whitelist',
  about: 'Coupons go to customers on the whitelist only. The coupon of an enterprise member goes to its master account.',
  version: 'Version {{version}}, updated {{time}}', no_version: 'No whitelist yet',
  count_one: '{{count}} customer', count_other: '{{count}} customers', count_filtered_one: '{{count}} matches', count_filtered_other: '{{count}} match',
  list: 'Customers on the whitelist', search: 'Part of the name or account',
  field: { name: 'Customer name', account: 'Account', member_of: 'Member of', version: 'Version', added_at: 'Added at' },
  sort: { '-addedAt': 'Added, newest first', addedAt: 'Added, oldest first' },
  foot: 'Times are {{zone}}.',
  empty: 'Nobody is on the whitelist yet', empty_text: 'Add customers one by one, or import a file made from the template. Without a whitelist no coupon can be issued.',
  no_match: 'No customer matches', no_match_text: 'Enter at least two characters, or clear the search.',
  view_gone: 'That search is no longer kept', view_gone_text: 'Please search again.',
  export: 'Export',
  add: { title: 'Add customer', value: 'Name or account', hint: 'Exactly as the vendor knows it', submit: 'Add customer', done: 'Added {{name}}' },
  remove: { act: 'Remove', title: 'Remove this customer?', text: 'Without {{name}} on the whitelist no more coupons can be issued to it. Coupons issued earlier are not touched.', verb: 'Remove customer', done: 'Removed' },
  import: {
    act: 'Import new version', title: 'Import new version',
    intro: 'The new version replaces the present list. You see a preview first; nothing changes until you confirm.',
    file: 'File', rules: 'XLSX or CSV (UTF-8, GB18030), at most 10,000 rows and 5 MB. Each row names an account or a customer.',
    template: 'Download the template', template_xlsx: 'XLSX template', template_csv: 'CSV template',
    preview: 'Preview', chosen: 'File: {{name}}', another: 'Choose another file',
    rows: 'Rows in the file', added: 'New', removed: 'Removed', kept: 'Kept', refused: 'Refused',
    wrong_one: '{{count}} row cannot be imported, so nothing can. Correct the file and upload it again.', wrong_other: '{{count}} rows cannot be imported, so nothing can. Correct the file and upload it again.',
    right_one: '{{count}} row was checked and can be imported.', right_other: 'All {{count}} rows were checked and can be imported.',
    show: 'Show', all: 'All rows', refused_only: 'Refused rows', row: 'Row', result: 'Result', fine: 'Fine', list: 'Rows of the preview',
    next: 'Next',
    ask_title: 'Replace the present list?',
    ask: 'Version {{version}} (customers: {{size}}) is replaced by a new one (customers: {{rows}}). New: {{added}}, removed: {{removed}}, kept: {{kept}}. Coupons issued earlier are not touched.',
    ask_first_one: 'This makes version 1 of the whitelist, with {{count}} customer.', ask_first_other: 'This makes version 1 of the whitelist, with {{count}} customers.',
    back: 'Back to the preview', verb: 'Replace the list', verb_first: 'Make the list', done_one: 'Imported version {{version}} with {{count}} customer', done_other: 'Imported version {{version}} with {{count}} customers',
    expires: 'The preview can be confirmed until {{time}}.',
  },
  problem: {
    empty: 'Neither account nor name', unknown: 'No such customer', several: 'Several customers have this name: enter the account', differs: 'Account and name belong to different customers', duplicate: 'Same customer as row {{other}}', too_long: 'More than 128 characters', formula: 'Must not begin with = + - @', masked: 'A masked value',
  },
}
