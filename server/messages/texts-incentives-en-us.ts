import type { FeedbackAnsweredTold, FrozenTold, MessageText, StatementDueTold, StatementTold } from './wording.ts'

const sign = '[Partner Center]'
const statement = ({ number, period, amount }: StatementTold): string => `Incentive statement ${number} (${period}, ${amount} CNY)`
const provisional = ' The holidays of a year in between are not published yet: statutory ones and weekends were assumed, so the day may still move later, never earlier.'
const rule = ({ until, onDeadline, isProvisional }: StatementDueTold): string =>
  `Confirm it until ${until}. ${onDeadline === 'LAPSE' ? 'Unconfirmed then, the incentive lapses.' : 'Unconfirmed then, the system confirms it.'} If a line is wrong, give feedback before that; feedback does not stop the deadline.${isProvisional ? provisional : ''}`

/** What becomes of a statement, in few words. */
export const incentive = {
  due: ({ until, onDeadline }: StatementDueTold): string => `${onDeadline === 'LAPSE' ? 'lapses' : 'is confirmed'} on ${until}`,
  lapsed: 'was not confirmed in time and has lapsed',
}

/** IC-01 in English. */
export const toConfirm = (told: StatementDueTold): MessageText => ({ sms: `${sign} ${statement(told)} waits for your confirmation until ${told.until}.`, subject: 'Please confirm an incentive statement', mail: `${statement(told)} waits for your confirmation.\n\n${rule(told)}` })

/** IC-02 in English. */
export function confirmSoon(told: StatementDueTold): MessageText {
  const deed = `${statement(told)} ${incentive.due(told)}`
  const left = told.daysLeft === 0 ? 'Today is the last day.' : told.daysLeft === 1 ? '1 working day is left after today.' : `${told.daysLeft} working days are left after today.`
  return { sms: `${sign} ${deed}. Sign in to confirm it.`, subject: `Incentive statement ${incentive.due(told)}`, mail: `${deed}. ${left}\n\n${rule(told)}` }
}

/** IC-03 in English. */
export const confirmedBySystem = (told: StatementTold): MessageText => ({ sms: `${sign} ${statement(told)} was confirmed automatically.`, subject: 'Confirmed automatically', mail: `${statement(told)} was not confirmed in time, so the system has confirmed it.\n\nIts payment can be requested now.` })

/** IC-04 in English. */
export const lapsed = (told: StatementTold): MessageText => ({ sms: `${sign} ${statement(told)} ${incentive.lapsed}.`, subject: 'Incentive lapsed', mail: `${statement(told)} ${incentive.lapsed}.\n\nIf you have questions, ask your ecosystem manager.` })

/** IC-05 in English. */
export const feedbackAnswered = ({ number, line, answer }: FeedbackAnsweredTold): MessageText => ({
  sms: `${sign} Your feedback on incentive statement ${number} was answered.`, subject: 'Feedback answered', mail: `Your feedback on line ${line} of incentive statement ${number} was answered:\n\n${answer}`,
})

/** IC-11 in English. */
export function frozenOrReleased(told: FrozenTold): MessageText {
  const deed = `Incentives of ${statement(told).replace(/^I/, 'i')} were ${told.state}`
  return { sms: `${sign} ${deed}.`, subject: `Incentive ${told.state}`, mail: `${deed}.\n\n${told.state === 'frozen' ? `Reason: ${told.reason}. While they are frozen, their payment cannot be requested.` : 'Their payment can be requested once the statement is confirmed.'}` }
}
