import { changeContact, checkIdentityCode, sendContactCode, sendIdentityCode, type OwnChange } from '#contract/security.ts'
import type { Client, TestApp } from '#server/testing/app.ts'
import { newestCode } from '#server/testing/confirm.ts'

/** Asks for the code of step 1. @returns it, as the person reads it. */
export async function identityCode(app: TestApp, person: Client, change: OwnChange, channel: 'sms' | 'email' = 'sms'): Promise<string> {
  app.travel(61)
  const { status, text } = await person.call(sendIdentityCode, { body: { change, channel } })
  if (status !== 200) throw new Error(text)
  return newestCode(app, channel)
}
/** Opens the form of one change with a code to a current contact. */
export async function openForm(app: TestApp, person: Client, change: OwnChange): Promise<void> {
  const { status, text } = await person.call(checkIdentityCode, { body: { change, code: await identityCode(app, person, change) } })
  if (status !== 200) throw new Error(text)
}
/** Asks for the code to the new contact. @returns it. */
export async function contactCode(app: TestApp, person: Client, change: 'mobile' | 'email', value: string): Promise<string> {
  app.travel(61)
  const { status, text } = await person.call(sendContactCode, { body: { change, value } })
  if (status !== 200) throw new Error(text)
  return newestCode(app, change === 'mobile' ? 'sms' : 'email')
}
/** All four steps. */
export async function takeContact(app: TestApp, person: Client, change: 'mobile' | 'email', value: string) {
  await openForm(app, person, change)
  return await person.call(changeContact, { body: { change, code: await contactCode(app, person, change, value) } })
}
