import type { MessageText, SpecialistReviewedTold, SpecialistTold } from './wording.ts'

const sign = '[Partner Center]'

/** SP-01 in English. */
export function specialistInvited({ partner, until, url }: SpecialistTold): MessageText {
  const deed = `${partner} invites you as a project specialist`
  return {
    sms: `${sign} ${deed}. Accept until ${until} at ${url} and do not pass it on.`, subject: deed,
    mail: `${deed}.\n\nSign in with your personal cloud account to accept; enterprise accounts cannot. The link works once, until ${until}, and earlier links no longer work. Do not pass it on:\n${url}\n\nIf you do not know ${partner}, ignore this message.`,
  }
}

/** SP-02 in English. */
export function specialistReviewed(told: SpecialistReviewedTold): MessageText {
  const deed = told.result === 'approved' ? `You are a project specialist of ${told.partner}` : `You were not accepted as a project specialist of ${told.partner}`
  const rest = told.result === 'approved' ? 'While you are bound, the partner can read the qualifications that you enter.' : `Reason: ${told.reason}`
  return { sms: `${sign} ${deed}.`, subject: deed, mail: `${deed}.\n\n${rest}` }
}
