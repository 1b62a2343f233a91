import { testPaymentAttempts, type Business } from '#contract/business.ts'
import { maskAccountNumber, maskAddress, maskMobile, maskName } from '#server/masking/mask.ts'
import { checksOf, isSettlementPossible, type BusinessRow, type Submission } from '#server/operations/business.ts'

/** @param basisPoints hundredths of a percent. @returns the percentage with two places. */
const rateText = (basisPoints: number): string => `${Math.trunc(basisPoints / 100)}.${String(basisPoints % 100).padStart(2, '0')}`

/** @returns the certification as the page shows it, personal data and the bank account masked. */
export function presentBusiness(row: BusinessRow, mayEdit: boolean): Business {
  const { state, submission, testSentAt, testAttempts, company } = row
  return {
    id: submission?.id ?? null, state, reason: state === 'FAILED' ? (submission?.reason ?? null) : null, checks: checksOf(row), isSettlementPossible: isSettlementPossible(row), companyName: company.name, creditCode: company.creditCode,
    submitted: submission && presentSubmission(submission),
    test: testSentAt === null ? null : { sentAt: testSentAt.toISOString(), attemptsLeft: testPaymentAttempts - testAttempts, attemptsMax: testPaymentAttempts },
    mayEdit: mayEdit && company.creditCode !== '' && (state === 'NOT_SUBMITTED' || state === 'FAILED' || state === 'CERTIFIED'),
  }
}

const presentSubmission = (given: Submission): NonNullable<Business['submitted']> => ({
  at: given.at.toISOString(), byMasked: maskName(given.byName), decidedAt: given.decidedAt?.toISOString() ?? null,
  company: { name: given.companyName, creditCode: given.creditCode, addressMasked: maskAddress(given.address), contactNameMasked: maskName(given.contactName), contactMobileMasked: maskMobile(given.contactMobile) },
  bank: { accountName: given.accountName, numberMasked: maskAccountNumber(given.bankMasked), bankName: given.bankName, branch: given.branch },
  tax: { status: given.taxpayerStatus, rate: rateText(given.rateBasisPoints), certificate: { id: given.certificateId, name: given.certificateName, bytes: given.certificateBytes } },
})
