import type { HandoverTold, MessageText, NewManagerTold } from './wording.ts'

const sign = '[Partner Center]'

/** OG-06 in English. */
export function handover({ from, to, day, count, state }: HandoverTold): MessageText {
  const what = count === 1 ? `1 customer of ${from}` : `${count} customers of ${from}`
  const deed = {
    planned: `${what} will be handed over to ${to} on ${day}`, cancelled: `The plan to hand ${what} over to ${to} on ${day} was cancelled`, done: `${what} ${count === 1 ? 'was' : 'were'} handed over to ${to}`,
  }[state]
  const effect = state === 'cancelled' ? 'The customers stay with their account manager; nothing changed.' : `Expenditure and performance up to and including ${day} count for ${from}, from the next day on for ${to} (China time).`
  return { sms: `${sign} ${deed}.`, subject: { planned: 'Handover planned', cancelled: 'Handover cancelled', done: 'Customers handed over' }[state], mail: `${deed}.\n\n${effect}` }
}

/** OG-07 in English. */
export function newManager({ partner }: NewManagerTold): MessageText {
  const deed = `You have a new account manager at ${partner}`
  return { sms: `${sign} ${deed}.`, subject: 'Your new account manager', mail: `${deed}.\n\nMy Partner shows whom to contact after signing in. Your account, resources and charges stay as they are.` }
}
