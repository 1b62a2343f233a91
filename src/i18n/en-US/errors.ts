import type { Shape } from '#src/i18n/shape.ts'
import type { errors as source } from '#src/i18n/zh-CN/errors.ts'

export const errors: Shape<typeof source> = {
  unreachable: 'The service cannot be reached. Nothing was done. Check your network and try again.',
  unexpected: 'Something unexpected happened. Nothing was done. Try again; if it fails again, quote the request id.',
  quote: 'Request id',
  retry_after: 'Try again in {{seconds}} s.',
  field: {
    missing: 'Enter {{field}}',
    invalid: '{{field}} is not right',
    amount: 'Enter an amount from 0.01 to 9,999,999,999.99 with at most two decimals',
    amount_filter: 'Enter an amount with at most two decimals',
    number: 'Enter a number made of digits',
    tag: 'A tag has at most 64 characters',
    name_part: 'Enter 2 to 64 characters',
    last4_or_full: 'Enter the full value or its last 4 characters',
    code: 'Enter the code of 6 digits',
    rows_min: 'Choose at least one customer',
    rows_max: 'At most 100 customers at once',
    percent: 'Enter a whole number from 0 to 1000',
    required: 'Fill this in',
    mobile: 'Enter a mainland China mobile number',
    email: 'Enter one valid email address of at most 64 characters',
    too_long: 'This is too long',
    characters: 'No web or mail addresses, no invisible characters',
  },
  row: {
    not_resale: 'Referral customers cannot be allocated to or reclaimed from',
    not_yours: 'This customer is outside your scope',
    amount: 'The amount is not right',
    duplicate: 'Same as another row',
    above_reclaimable: 'More than can be reclaimed',
    nothing_to_reclaim: 'Nothing can be reclaimed',
    lot_empty: 'Nothing is left of this lot',
    lot_unknown: 'This lot does not exist',
  },
}
