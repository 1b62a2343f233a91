import type { AssociatedTold, InvitationTold, MessageText, ReportEndsTold, ReviewedTold, WelcomeTold } from './wording.ts'
import type { MailBlock } from './mail-layout.ts'

const sign = '[Partner Center]'
const types = { RESALE: 'resale', REFERRAL: 'referral' } as const

/** The mail that invites a prospect, in English. */
export function invitation({ partner, name, type, mobile, until, isRepeated }: InvitationTold): { subject: string, blocks: MailBlock[] } {
  return {
    subject: isRepeated ? `${partner} invites you (new link)` : `${partner} invites you`,
    blocks: [
      { kind: 'text', text: `Dear ${name},` },
      { kind: 'text', text: `${partner} invites you to become its customer in the ${types[type]} model.${isRepeated ? ' The links in earlier mails no longer work. Please use the one in this mail.' : ''}` },
      {
        kind: 'text', text: type === 'RESALE'
          ? `Once associated, you buy cloud services from ${partner}: invoices, top-ups and support come from ${partner} and no longer from the platform itself.`
          : `Once associated, you keep paying the platform and keep getting its invoices; ${partner} advises and supports you.`,
      },
      { kind: 'button', text: 'See the invitation' },
      { kind: 'facts', facts: [{ label: 'Association type', value: types[type] }, { label: 'Mobile to register with', value: mobile }, { label: 'Valid until', value: until }] },
      { kind: 'text', text: `Please register or sign in with the mobile number ${mobile}; another number cannot be associated. The link works once. Please do not pass it on.` },
      { kind: 'small', text: `If you do not know ${partner}, please ignore this mail. Nothing will happen.` },
      { kind: 'small', text: 'This mail was sent automatically. Please do not reply.' },
    ],
  }
}

/** IN-03 in English. */
export function associated({ customer, type, at }: AssociatedTold): MessageText {
  const deed = `${customer} was associated with you on ${at} in the ${types[type]} model`
  const next = type === 'RESALE' ? 'A new resale customer starts frozen: allocate money first, then unfreeze the account.' : 'This customer needs no allocation and can use cloud services at once.'
  return { sms: `${sign} ${deed}.`, subject: 'Customer associated', mail: `${deed}.\n\n${next}` }
}

/** IN-05 in English. */
export function reportEnds({ customer, until }: ReportEndsTold): MessageText {
  const deed = `The report of ${customer} ends on ${until}`
  return { sms: `${sign} ${deed}.`, subject: 'Report about to end', mail: `${deed}.\n\nAfterwards other partners can report this customer, too. If you want to go on, invite the customer soon.` }
}

/** IN-06 in English. */
export function reviewed(told: ReviewedTold): MessageText {
  const deed = told.result === 'approved' ? `The report of ${told.customer} was approved and is valid until ${told.until}` : `The report of ${told.customer} was rejected`
  return { sms: `${sign} ${deed}.`, subject: `Report ${told.result}`, mail: told.result === 'approved' ? `${deed}. You can invite this customer now.` : `${deed}.\n\nReason: ${told.reason}` }
}

/** AS-01 in English. */
export function welcome({ partner, type }: WelcomeTold): MessageText {
  const deed = `You are associated with ${partner} in the ${types[type]} model`
  return { sms: `${sign} ${deed}. See My Partner after signing in.`, subject: `You are associated with ${partner}`, mail: `${deed}.\n\nMy Partner shows who your partner is and what you agreed to.` }
}
