import type { Shape } from '#src/i18n/shape.ts'
import type { payouts as zhCN } from '#src/i18n/zh-CN/payouts.ts'
import { business } from './business.ts'
import { incentive_invoices } from './incentive-invoices.ts'
import { payments } from './payments.ts'

export const payouts: Shape<typeof zhCN> = {
  business, incentive_invoices, payments,
  errors: { field: {
    credit_code: 'Enter 18 digits or capital letters', bank_number: 'Enter an account number of 8 to 30 digits', rate: 'Enter a rate from 0 to 99.99 with at most two decimals', account_not_company: 'The account name must be the company name', account_private: 'This is a private account; enter the account of the company', credit_code_foreign: 'Differs from the unified credit code of the company information', address_short: 'Enter an address of 5 to 200 characters', taxpayer_status: 'Choose the taxpayer status',
    invoice_number: 'Enter 8 or 20 digits', invoice_code: 'Enter 10 or 12 digits', tracking_number: 'Enter the tracking number: letters, digits and hyphens', invoice_tax: 'Enter the tax on the invoice, 0 where there is none', invoice_total: 'The total differs from the amount to invoice', invoice_date: 'Choose the date of the invoice, not later than today', invoice_kind: 'Choose the invoice kind', file_missing: 'Upload the file', file_waits: 'Wait until the file is uploaded',
  } },
}
