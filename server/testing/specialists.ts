import { randomUUID } from 'node:crypto'
import { customerSignIn } from '#contract/acceptance.ts'
import { acceptSpecialistInvite, inviteSpecialist, type SpecialistState, type SpecialistWay } from '#contract/specialists.ts'
import { sql } from '#server/db/query.ts'
import { sendWaiting } from '#server/messages/worker.ts'
import { hashToken } from '#server/operations/invite-tokens.ts'
import type { Client, TestApp, TestPartner } from './app.ts'
import { customerPassword, newAccount, newGuest, newMobile, type Guest } from './visitor.ts'

type Person = { way?: SpecialistWay; value?: string; name?: string }
/** Invites somebody. @returns the id, and the token of the link as the message brought it. */
export async function inviteOne(app: TestApp, partner: TestPartner, { way = 'MOBILE', value = newMobile(), name = '郑思远' }: Person = {}, client: Client = partner.admin): Promise<{ id: string; token: string }> {
  const { body, status, text } = await client.call(inviteSpecialist, { body: { way, value, name, language: 'zh-CN' } })
  if (status !== 200) throw new Error(text)
  return { id: body.id, token: await newestToken(app, partner.id, body.id) }
}

/** Sends what waits, which also holds what was sent to others before. @returns the token among it that opens the invitation. */
export async function newestToken(app: TestApp, partnerId: string, specialistId: string): Promise<string> {
  const before = [app.sms.sent.length, app.email.sent.length]
  await sendWaiting({ database: app.database, channels: app.deps.channels, onError: () => undefined }, [partnerId])
  const sent = [...app.sms.sent.slice(before[0]), ...app.email.sent.slice(before[1])]
  const tokens = sent.flatMap(({ text }) => /\/specialist\/([\w-]{22})/.exec(text)?.[1] ?? [])
  const [stands] = await app.database.inGlobal((tx) => tx.rows<{ hash: string }>(sql`select token_hash as hash from specialist_tokens where specialist_id = ${specialistId}::uuid`))
  return tokens.find((token) => hashToken(token) === stands?.hash) ?? ''
}

/** A personal account at the vendor, signed in. @param isPersonal false for an enterprise's. */
export async function newPerson(app: TestApp, { isPersonal = true, name }: { isPersonal?: boolean; name?: string } = {}): Promise<Guest & { account: { id: string; name: string } }> {
  const account = await newAccount(app, name === undefined ? {} : { name })
  await app.database.inGlobal((tx) => tx.run(sql`update cloud_accounts set is_personal = ${isPersonal}, email = ${`${account.name}@person.example`} where id = ${account.id}::uuid`))
  const guest = newGuest(app)
  guest.csrf = (await guest.call(customerSignIn, { body: { account: account.name, password: customerPassword } })).body.csrf
  return Object.assign(guest, { account })
}

/** The vendor's answer, without its command. */
export const review = (app: TestApp, partnerId: string, id: string, state: 'BOUND' | 'REJECTED'): Promise<number> => app.inTenant(partnerId, async (tx, now) => {
  if (state === 'REJECTED') await tx.run(sql`update specialist_accounts set is_active = false where specialist_id = ${id}::uuid`)
  return await tx.run(sql`update specialists set state = ${state}, bound_at = ${state === 'BOUND' ? now : null}::timestamptz, reason = ${state === 'BOUND' ? null : '资质不符'}::text where partner_id = ${partnerId}::uuid and id = ${id}::uuid`)
})

/** @returns the id of somebody who accepted, and who is bound if the state says so; with their browser. */
export async function specialist(app: TestApp, partner: TestPartner, state: Extract<SpecialistState, 'UNDER_REVIEW' | 'BOUND' | 'REJECTED'> = 'BOUND', person: Person = {}): Promise<{ id: string; guest: Awaited<ReturnType<typeof newPerson>> }> {
  const { id, token } = await inviteOne(app, partner, person)
  const guest = await newPerson(app)
  const { status, text } = await guest.call(acceptSpecialistInvite, { body: { token } })
  if (status !== 200) throw new Error(text)
  if (state !== 'UNDER_REVIEW') await review(app, partner.id, id, state)
  return { id, guest }
}

/** A bound specialist written straight into the tables, for pictures of a whole partner. @returns its id. */
export async function boundSpecialist(app: TestApp, partner: TestPartner, { name, mobile, account }: { name: string; mobile: string; account: string }): Promise<string> {
  const id = randomUUID()
  const { id: accountId } = await newAccount(app, { name: account, mobile })
  await app.inTenant(partner.id, async (tx, now) => {
    const at = sql`${now}::timestamptz`
    await tx.run(sql`insert into specialists (partner_id, id, name, way, destination, language, state, inviter_id, invited_at, sent_at, expires_at, account_id, accepted_at, bound_at)
      values (${partner.id}::uuid, ${id}::uuid, ${name}, 'MOBILE', ${mobile}, 'zh-CN', 'BOUND', ${partner.admin.memberId}::uuid, ${at}, ${at}, ${at}, ${accountId}::uuid, ${at}, ${at})`)
    await tx.run(sql`insert into specialist_accounts (account_id, partner_id, specialist_id, is_active, qualifications, changed_at)
      values (${accountId}::uuid, ${partner.id}::uuid, ${id}::uuid, true, '[{"kind":"certificate","title":"云架构师","organization":"云平台","from":"2025-03","to":null,"note":""}]'::jsonb, ${at})`)
  })
  return id
}
