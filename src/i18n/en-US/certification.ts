import type { Shape } from '#src/i18n/shape.ts'
import type { certification as source } from '#src/i18n/zh-CN/certification.ts'

export const certification: Shape<typeof source> = {
  state: { NOT_SUBMITTED: 'Not certified', UNDER_REVIEW: 'Under review', TEST_PAYMENT: 'Test payment to confirm', CERTIFIED: 'Certified', FAILED: 'Certification failed', LOCKED: 'Locked' },
  is_done: 'Business information certified',
  missing: 'Payments can be requested once the business information is certified. Next step: {{step}}',
  step: {
    company_data: 'ask your ecosystem manager to enter the company information', company: 'fill in the company', bank: 'fill in the bank account', tax: 'fill in the tax status and upload its certificate',
    review: 'wait for the review', test_payment: 'enter the amount of the test payment', name: 'the company was renamed, certify it again',
    FAILED: 'correct what the reason names and hand it in again', LOCKED: 'open a ticket to have the test payment unlocked',
  },
  go: 'Go to business certification',
}
