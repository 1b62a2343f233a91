import { randomInt } from 'node:crypto'
import type { AssociationType } from '#contract/customers.ts'
import { reportProspect } from '#contract/prospects.ts'
import { sql } from '#server/db/query.ts'
import { sendWaiting } from '#server/messages/worker.ts'
import type { Client, TestApp } from '#server/testing/app.ts'

let addresses = 0
/** A mainland number that no other call of this process gave. */
export const newMobile = (): string => `137${String(randomInt(100_000_000)).padStart(8, '0')}`
export const newEmail = (): string => `prospect${(addresses += 1)}@customer.example`

/** Reports a prospect and, with a type, invites it. @returns its id, and the invitation's number. Throws when the report is refused. */
export async function reportOne(client: Client, { email = newEmail(), mobile = newMobile(), name = '云海科技有限公司', type }: { email?: string | null; mobile?: string; name?: string; type?: AssociationType } = {}): Promise<{ id: string; email: string | null; number: string | null; invitationId: string }> {
  const { body, text } = await client.call(reportProspect, { body: { name, mobile, ...(email !== null && { email }), ...(type && { invite: { associationType: type } }) } })
  if (body.result !== 'reported') throw new Error(text)
  return { id: body.prospect.id, email, number: body.invitationNumber, invitationId: body.prospect.lastInvitation?.id ?? '' }
}

/** Sends what waits. @returns the mails that were sent to this address, oldest first. */
export async function mailsTo(app: TestApp, partnerId: string, email: string | null): Promise<TestApp['email']['sent']> {
  await sendWaiting({ database: app.database, channels: app.deps.channels, onError: () => undefined }, [partnerId])
  return app.email.sent.filter(({ to }) => to === email)
}

/** What happened to an invitation at the customer's side. */
export const setInvitation = (app: TestApp, partnerId: string, id: string, change: ReturnType<typeof sql>): Promise<number> =>
  app.inTenant(partnerId, (tx) => tx.run(sql`update invitations set ${change} where partner_id = ${partnerId} and id = ${id}::uuid`))
