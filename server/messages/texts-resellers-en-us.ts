import type { MessageText, ResellerQuotaTold } from './wording.ts'

const sign = '[Partner Center]'

/** CP-06 in English. */
export function resellerQuota({ what, distributor, number, value, at }: ResellerQuotaTold): MessageText {
  const deed = what === 'issued' ? `${distributor} issued you voucher quota ${number} of ${value} CNY at ${at}` : `${distributor} reclaimed what was left of your voucher quota ${number}, ${value} CNY, at ${at}`
  return { sms: `${sign} ${deed}.`, subject: 'Voucher quota', mail: `${deed}.\n\n${what === 'issued' ? 'You can issue vouchers to your customers from it while it is in force.' : 'Vouchers that your customers have stay as they are.'}` }
}
