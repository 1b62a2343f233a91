import type { Shape } from '#src/i18n/shape.ts'
import type { partner as source } from '#src/i18n/zh-CN/partner.ts'
import { company } from './company.ts'
import { customer_settings } from './customer-settings.ts'
import { partner_documents } from './partner-documents.ts'

export const partner: Shape<typeof source> = {
  company, customer_settings, partner_documents,
  proof: {
    fact: {
      takeover: 'Taking over',
      notice_balance_before: 'Balance messages, before', notice_balance_after: 'Balance messages, after',
      notice_expiry_before: 'Expiry messages, before', notice_expiry_after: 'Expiry messages, after',
      notice_security_before: 'Security messages, before', notice_security_after: 'Security messages, after',
      notice_product_before: 'Product messages, before', notice_product_after: 'Product messages, after',
      bills_before: 'Before', bills_after: 'After',
    },
    text: {
      takeover_on: 'Taken over: customers can no longer change it', takeover_off: 'Given back: customers have their own settings again', takeover_stays_on: 'Taken over, as before', takeover_stays_off: 'Not taken over, as before',
      channels_sms: 'SMS', channels_email: 'email', channels_in_app: 'in-app', channels_sms_email: 'SMS, email',
      channels_sms_in_app: 'SMS, in-app', channels_email_in_app: 'email, in-app', channels_sms_email_in_app: 'SMS, email, in-app',
      channels_none: 'not sent',
      bills_list: 'Shown, with list prices', bills_none: 'Shown, without amounts', bills_hidden: 'Not shown',
    },
    notice: {
      notices_taken_over_one: 'Applies to {{count}} resale customer at once, who cannot change it.', notices_taken_over_other: 'Applies to {{count}} resale customers at once, who cannot change it.',
      notices_given_back_one: '{{count}} resale customer has the earlier settings back.', notices_given_back_other: '{{count}} resale customers have their earlier settings back.',
      bills_shown_one: '{{count}} resale customer sees bills.', bills_shown_other: '{{count}} resale customers see bills.',
      bills_hidden_one: '{{count}} resale customer sees no bills.', bills_hidden_other: '{{count}} resale customers see no bills.',
    },
  },
  errors: { field: { phone: 'Digits, blanks and + - ( ) only, up to 32 characters', website: 'Enter an address that begins with http:// or https://', licence_for_name: 'To rename the company, upload the new license first' } },
}
