import type { CompanyReviewedTold, MessageText } from './wording.ts'

const sign = '[Partner Center]'

/** PR-06 in English. */
export function companyReviewed(told: CompanyReviewedTold): MessageText {
  const rest = told.result === 'approved' ? 'The new company information is in force.' : `The company information stays as it was. Reason: ${told.reason}\n\nYou can correct the change and submit it again.`
  return { sms: `${sign} Company information ${told.result}.`, subject: `Company information ${told.result}`, mail: `The change of your company information was ${told.result}.\n\n${rest}` }
}
