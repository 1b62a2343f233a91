import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Masked } from './masked.ts'
import { PositiveAmount } from './money.ts'
import { Id, Instant } from './page.ts'
import { plainLine } from './text.ts'

// Business information certification: who is paid. Separate from the qualification that precedes joining, and from the company information whose name it takes.

export const BusinessState = z.enum(['NOT_SUBMITTED', 'UNDER_REVIEW', 'TEST_PAYMENT', 'CERTIFIED', 'FAILED', 'LOCKED'])
export type BusinessState = z.infer<typeof BusinessState>
export const TaxpayerStatus = z.enum(['GENERAL', 'SMALL'])
export type TaxpayerStatus = z.infer<typeof TaxpayerStatus>
/** Wrong amounts before the test payment is locked. */
export const testPaymentAttempts = 3

/** What settlement needs, in the order in which it is done. `company_data`: the vendor has entered the company; `name`: the certified name is still the company's. */
export const BusinessStep = z.enum(['company_data', 'company', 'bank', 'tax', 'review', 'test_payment', 'name'])
export type BusinessStep = z.infer<typeof BusinessStep>
export const BusinessCheck = z.object({ step: BusinessStep, isDone: z.boolean() })
export type BusinessCheck = z.infer<typeof BusinessCheck>

/** A percentage with at most two places, 0.00 to 99.99. */
const Rate = z.string().check(z.regex(/^(0|[1-9]\d?)\.\d{2}$/, 'rate'))
const CreditCode = z.string().check(z.trim(), z.regex(/^[0-9A-Z]{18}$/, 'credit_code'))
const BankNumber = z.string().check(z.trim(), z.regex(/^[\d* -]{8,40}$/, 'bank_number'))
const Mobile = z.string().check(z.trim(), z.minLength(1, 'required'), z.maxLength(32, 'too_long'))

export const getBusiness = endpoint({
  method: 'GET', path: '/api/business',
  response: z.object({
    /** Of what was handed in last, for reveals of `bankAccount`, `address`, `name` and `mobile`; null: nothing was. */
    id: z.nullable(Id), state: BusinessState, /** The vendor's, while FAILED. */ reason: z.nullable(z.string()),
    /** Everything that settlement needs. It is possible exactly when all are done. */
    checks: z.array(BusinessCheck), isSettlementPossible: z.boolean(),
    /** From the company information: the name of company and bank account. Empty where the vendor has not entered it; then nothing can be handed in. */
    companyName: z.string(), creditCode: z.string(),
    /** As handed in last. `name` differs from `companyName` once the company was renamed. */
    submitted: z.nullable(z.object({
      at: Instant, byMasked: Masked, decidedAt: z.nullable(Instant),
      company: z.object({ name: z.string(), creditCode: z.string(), addressMasked: Masked, contactNameMasked: Masked, contactMobileMasked: Masked }),
      bank: z.object({ accountName: z.string(), numberMasked: Masked, bankName: z.string(), branch: z.string() }),
      tax: z.object({ status: TaxpayerStatus, rate: z.string(), certificate: z.object({ id: Id, name: z.string(), bytes: z.int() }) }),
    })),
    /** While TEST_PAYMENT or LOCKED. */
    test: z.nullable(z.object({ sentAt: Instant, attemptsLeft: z.int(), attemptsMax: z.int() })),
    mayEdit: z.boolean(),
  }),
})
export type Business = z.infer<typeof getBusiness.response>

/** Hands the information in for review; a change while CERTIFIED stops settlement until it is certified again. The first time all three parts are needed; afterwards a part or
 *  a field that is left out stays as it was. Refused: the account name is not the company's, a private account, another company's credit code, nothing changed, a state in which
 *  the vendor decides. */
export const submitBusiness = endpoint({
  method: 'POST', path: '/api/business', idempotent: true, personal: true,
  body: z.strictObject({
    company: z.optional(z.strictObject({ creditCode: CreditCode, address: z.optional(plainLine(5, 200)), contactName: z.optional(plainLine(1, 64)), contactMobile: z.optional(Mobile) })),
    bank: z.optional(z.strictObject({ accountName: plainLine(2, 128), number: z.optional(BankNumber), bankName: plainLine(2, 64), branch: plainLine(2, 128) })),
    tax: z.optional(z.strictObject({ status: TaxpayerStatus, rate: Rate, /** From the upload. */ certificateId: z.optional(Id) })),
  }),
  response: getBusiness.response,
})
export type BusinessInput = z.infer<typeof submitBusiness.body>

/** The tax certificate: multipart form, one part `file`; PNG, JPEG or PDF told by content, at most 5 MB. Answers an `Uploaded`. Downloaded by `documentPath`. */
export const certificateUploadPath = '/api/business/certificates'
export const Uploaded = z.object({ fileId: Id, name: z.string(), bytes: z.int() })
export type Uploaded = z.infer<typeof Uploaded>

/** The amount that arrived. An attempt is counted with the comparison; a repeat with the same key costs none. The third wrong amount locks. */
export const confirmTestPayment = endpoint({
  method: 'POST', path: '/api/business/test-payment', idempotent: true, body: z.strictObject({ amount: PositiveAmount }),
  response: z.object({ outcome: z.enum(['certified', 'wrong', 'locked']), attemptsLeft: z.int(), business: getBusiness.response }),
})
