import { randomUUID } from 'node:crypto'
import { customerSignIn, registerByInvite, sendInviteCode, type Documents } from '#contract/acceptance.ts'
import type { AssociationType } from '#contract/customers.ts'
import { documentsFor } from '#contract/documents.ts'
import type { Endpoint, Input } from '#contract/endpoint.ts'
import { createLink } from '#contract/invites.ts'
import { hashPassword } from '#server/auth/password.ts'
import { keyedHash } from '#server/auth/secrets.ts'
import { list, sql } from '#server/db/query.ts'
import { invitationLife, reportLife } from '#server/limits.ts'
import { hashToken, newMailToken } from '#server/operations/invite-tokens.ts'
import type { Client, Reply, TestApp, TestPartner } from './app.ts'

export const customerPassword = 'correct horse battery'
let passwordHash: Promise<string> | undefined

/** Somebody with a browser and no part in any console: keeps the customer's cookie and the CSRF value it was told. */
export type Guest = {
  token: string | undefined
  csrf: string | undefined
  call<E extends Endpoint>(endpoint: E, input: Input<E>, headers?: Record<string, string>): Promise<Reply<E>>
}

/** @param address where the calls come from; counted only where the application trusts one proxy. */
export function newGuest(app: TestApp, address = '192.0.2.1'): Guest {
  const guest: Guest = {
    token: undefined, csrf: undefined,
    async call(endpoint, input, headers = {}) {
      const parts: { body?: unknown } = Object.assign({}, input)
      const response = await app.request(endpoint.path, {
        method: endpoint.method,
        headers: {
          origin: 'http://console.test', 'accept-language': 'en-US', 'x-forwarded-for': address, ...(endpoint.body && { 'content-type': 'application/json' }),
          ...(guest.token && { cookie: `customer=${guest.token}` }), ...(guest.csrf && { 'x-csrf': guest.csrf }), ...headers,
        },
        ...(endpoint.body && { body: JSON.stringify(parts.body) }),
      })
      const given = /(?:^|, )customer=([^;]*)/.exec(response.headers.get('set-cookie') ?? '')?.[1]
      if (given !== undefined) guest.token = given === '' ? undefined : given
      const text = await response.text()
      const body = text === '' ? undefined : JSON.parse(text)
      return { status: response.status, body, problem: body, text, headers: response.headers }
    },
  }
  return guest
}

type Mail = { type?: AssociationType; mobile?: string; managerId?: string | null; email?: string; name?: string }
export type MailInvite = { token: string; id: string; prospectId: string; mobile: string }
let numbers = 0
/** @returns a mobile number that no other test of this process has. */
export const newMobile = (): string => `+86137${String(10_000_000 + (numbers += 1))}`

/** A reported prospect with a mail invitation, as the partner would have made it. */
export async function mailInvite(app: TestApp, partner: TestPartner, { type = 'RESALE', mobile = newMobile(), managerId = null, email = 'buyer@prospect.example', name = '溪桥软件有限公司' }: Mail = {}): Promise<MailInvite> {
  const [token, id, prospectId] = [newMailToken(), randomUUID(), randomUUID()]
  const inviter = managerId ?? partner.admin.memberId
  await app.inTenant(partner.id, async (tx, now) => {
    const after = (seconds: number) => new Date(now.getTime() + seconds * 1000)
    await tx.run(sql`insert into prospects (partner_id, id, name, mobile, email, state, manager_id, reporter_id, reported_at, expires_at, last_invitation_id)
      values (${partner.id}::uuid, ${prospectId}::uuid, ${name}, ${mobile}, ${email}, 'REPORTED', ${managerId}::uuid, ${inviter}::uuid, ${now}::timestamptz, ${after(reportLife)}::timestamptz, ${id}::uuid)`)
    await tx.run(sql`insert into reservations (mobile_hash, partner_id, prospect_id, expires_at) values (${keyedHash(app.deps.secrets, mobile)}, ${partner.id}::uuid, ${prospectId}::uuid, ${after(reportLife)}::timestamptz) on conflict do nothing`)
    await tx.run(sql`insert into invitations (partner_id, id, number, kind, association_type, prospect_id, name, mobile, email, inviter_id, manager_id, sent_at, expires_at, state)
      values (${partner.id}::uuid, ${id}::uuid, ${`IV${id.slice(0, 8)}`}, 'MAIL', ${type}, ${prospectId}::uuid, ${name}, ${mobile}, ${email}, ${inviter}::uuid, ${managerId}::uuid, ${now}::timestamptz, ${after(invitationLife)}::timestamptz, 'SENT')`)
    await tx.run(sql`insert into invite_tokens (token_hash, partner_id, invitation_id) values (${hashToken(token)}, ${partner.id}::uuid, ${id}::uuid)`)
  })
  return { token, id, prospectId, mobile }
}

/** A custom link of this person. @returns its token and its id. */
export async function customLink(member: Client, type: AssociationType = 'REFERRAL', label = '展会'): Promise<{ token: string; id: string }> {
  const { body } = await member.call(createLink, { body: { kind: 'CUSTOM', associationType: type, label } })
  return { token: body.url.split('/').at(-1) ?? '', id: body.link.id }
}

/** @returns the code of the newest SMS. */
export const smsCode = (app: TestApp): string => /(?:验证码|Code) (\d{6})/.exec(app.sms.sent.at(-1)?.text ?? '')?.[1] ?? ''

type Account = { name?: string; mobile?: string | null; facts?: string[]; ageDays?: number }
let names = 0
/** An account at the vendor that nobody's customer is yet. */
export async function newAccount(app: TestApp, { name = `customer${names += 1}`, mobile = newMobile(), facts = [], ageDays = 1 }: Account = {}): Promise<{ id: string; name: string; mobile: string | null }> {
  const id = randomUUID()
  passwordHash ??= hashPassword(customerPassword)
  const hash = await passwordHash
  await app.database.inGlobal((tx, now) => tx.run(sql`insert into cloud_accounts (id, name, mobile, language, password_hash, registered_at, facts)
    values (${id}::uuid, ${name}, ${mobile}::text, 'en-US', ${hash}, ${new Date(now.getTime() - ageDays * 86_400_000)}::timestamptz, ${list(facts)}::text[])`))
  return { id, name, mobile }
}

/** @returns the guest, signed in. */
export async function signInGuest(app: TestApp, account: string, guest: Guest = newGuest(app)): Promise<Guest> {
  const { body, status, text } = await guest.call(customerSignIn, { body: { account, password: customerPassword } })
  if (status !== 200) throw new Error(text)
  guest.csrf = body.csrf
  return guest
}

export const consentTo = (type: AssociationType): { documents: Documents; language: 'zh-CN' } => ({ documents: documentsFor(type), language: 'zh-CN' })

/** Registers behind a link with a code, as the page does. */
export async function registerWith(app: TestApp, guest: Guest, { token, mobile, type, accountName }: { token: string; mobile: string; type: AssociationType; accountName?: string }): Promise<Reply<typeof registerByInvite>> {
  const sent = await guest.call(sendInviteCode, { body: { token, mobile } })
  if (sent.status !== 200) throw new Error(sent.text)
  return await guest.call(registerByInvite, { body: { token, mobile, code: smsCode(app), password: customerPassword, ...(accountName !== undefined && { accountName }), ...consentTo(type) } })
}
