import type { Shape } from '#src/i18n/shape.ts'
import type { resellerQuotas as zh } from '#src/i18n/zh-CN/reseller-quotas.ts'

/** Voucher quota between a distributor and its resellers. */
export const resellerQuotas: Shape<typeof zh> = {
  tab: 'Issued quota', title: 'Issued voucher quota', give: 'Issue quota',
  count_one: '{{count}} quota', count_other: '{{count}} quotas', count_filtered_one: '{{count}} matches', count_filtered_other: '{{count}} match',
  list: 'Quota issued to resellers', search: 'Reseller name',
  field: { number: 'Number', source: 'Source quota', reseller: 'Reseller', account: 'Reseller ID', amount: 'Amount', used: 'Used', left: 'Left', valid_to: 'Valid until', issued_at: 'Issued at', state: 'State' },
  state: { ACTIVE: 'Active', USED_UP: 'Used up', EXPIRED: 'Expired', RECLAIMED: 'Reclaimed' },
  sort: { '-issuedAt': 'Issued, newest first', issuedAt: 'Issued, oldest first', '-left': 'Left, most first', left: 'Left, least first' },
  total_left: 'Left, total', total_amount: 'Issued, total',
  empty: 'No quota was issued to resellers yet', empty_text: 'Choose a voucher quota in force under “Quota” and issue it to resellers.', to_quotas: 'Go to Quota',
  no_match_text: 'Change or clear the filters. A reseller name needs at least two characters.',
  this_reseller: 'This reseller',
  reclaim: 'Reclaim', batch: 'Batch reclaim', selected: '{{amount}} CNY left', selected_mixed: '{{count}} can be reclaimed, {{amount}} CNY left', none: 'None of the chosen quotas can be reclaimed', too_many: 'At most {{max}} at a time',
  reason: { state: 'The quota is “{{state}}” and cannot be reclaimed', source: 'The source quota is no longer in force, or the reseller is no longer yours' },
  giving: {
    title: 'Issue voucher quota', no_right: 'You may not issue quota. Ask an administrator of your company.', gone: 'There is no such quota, or it cannot go to resellers.',
    quota: 'Voucher quota', left: 'Left', valid: 'Valid', no_quota: 'There is no voucher quota to issue. Ask your ecosystem manager.',
    resellers: 'Resellers', add: 'Add resellers', none: 'No reseller was added yet.', chosen: '{{count}} of {{max}}', reseller: 'Reseller', amount: 'Amount', amount_of: 'Amount for {{who}}', drop: 'Take off {{who}}', unknown: 'No such reseller', had: 'Has {{amount}} CNY left',
    same: 'The same amount for all', same_act: 'Fill in',
    remark: 'Remark', remark_hint: 'Seen by your company only, in the operation records',
    sum_one: 'To {{count}} reseller', sum_other: 'To {{count}} resellers', sum_empty: 'Total', sum_left: 'Left afterwards', quota_left: 'Left of the quota', short: 'Left {{available}}, needed {{needed}}.',
    note: 'Resellers issue vouchers to their own customers from it, with the validity and the limits of this quota. What they have not used can be reclaimed.',
    verb_one: 'Issue {{amount}} CNY to {{count}} reseller', verb_other: 'Issue {{amount}} CNY to {{count}} resellers',
    rows_wrong_one: '{{count}} reseller was refused. No quota was issued', rows_wrong_other: '{{count}} resellers were refused. No quota was issued', drop_refused_one: 'Take this reseller off', drop_refused_other: 'Take these {{count}} resellers off',
    done: 'Quota issued', done_text_one: 'Issued {{total}} CNY to {{count}} reseller. {{left}} CNY of {{quota}} are left.', done_text_other: 'Issued {{total}} CNY in total to {{count}} resellers. {{left}} CNY of {{quota}} are left.', done_list: 'Issued quota', see: 'See issued quota',
  },
  picking: {
    title: 'Add resellers', search: 'Part of name, or whole ID', list: 'Resellers to choose', left: 'Quota left', state: { ACTIVE: 'Active', RESTRICTED: 'Restricted', FROZEN: 'Frozen', LEFT: 'Left' },
    chosen: '{{count}} of {{max}} chosen', full: 'No more can be chosen', done: 'Done', back: 'Back', no_match: 'No reseller matches', no_match_text: 'Try another word, or clear the search.', never: 'No resellers yet', never_text: 'Once a reseller works with you, quota can be issued to it.',
  },
  reclaiming: {
    title: 'Reclaim voucher quota', title_batch: 'Batch reclaim voucher quota', no_right: 'You may not reclaim quota. Ask an administrator of your company.', none_chosen: 'Choose the quotas to reclaim in the list first.', unknown: 'There is no such quota, or the reseller is no longer yours.', to_list: 'Go to issued quota',
    text: 'Reclaims all that is left and returns it to the source quota. Vouchers that customers have stay as they are. If a reseller issues vouchers before you confirm, the actual amount is smaller.',
    rows: 'Quota to reclaim', quota: 'Number', amount: 'Amount', expected: 'Expected', actual: 'Actual', difference: 'Difference', source: 'Returns to', total: 'Expected, total', sum: 'Total', drop: 'Take off {{number}}',
    remark: 'Remark', remark_hint: 'Seen by your company only, in the operation records', verb_one: 'Reclaim {{count}} quota, about {{amount}} CNY', verb_other: 'Reclaim {{count}} quotas, about {{amount}} CNY',
    rows_cannot_one: '{{count}} quota cannot be reclaimed', rows_cannot_other: '{{count}} quotas cannot be reclaimed', rows_wrong_one: '{{count}} quota cannot be reclaimed, so nothing was', rows_wrong_other: '{{count}} quotas cannot be reclaimed, so nothing was', drop_refused_one: 'Take this quota off', drop_refused_other: 'Take these {{count}} quotas off',
    done: 'Reclaimed', done_same_one: 'Reclaimed {{count}} quota, {{total}} CNY, as expected.', done_same_other: 'Reclaimed {{count}} quotas, {{total}} CNY in total, as expected.',
    done_less_one: 'Reclaimed {{count}} quota, {{actual}} CNY: {{less}} less than the expected {{expected}}, because the reseller issued vouchers meanwhile.', done_less_other: 'Reclaimed {{count}} quotas, {{actual}} CNY: {{less}} less than the expected {{expected}}, because resellers issued vouchers meanwhile.',
    done_more_one: 'Reclaimed {{count}} quota, {{actual}} CNY: {{more}} more than the expected {{expected}}, because the reseller took vouchers back meanwhile.', done_more_other: 'Reclaimed {{count}} quotas, {{actual}} CNY: {{more}} more than the expected {{expected}}, because resellers took vouchers back meanwhile.',
    result: 'What was reclaimed', less: '{{amount}} less', more: '{{amount}} more', same: 'As expected', see: 'See the operation records',
  },
}
