import { afterAll, beforeAll, expect, test } from 'vitest'
import { getInvitation, queryInvitations, resendInvitations, revokeInvitation, sendInvitations } from '#contract/invites.ts'
import { getProspect } from '#contract/prospects.ts'
import { sql } from '#server/db/query.ts'
import { mountProspects } from '#server/features/prospects/routes.ts'
import { SendFailed } from '#server/messages/channel.ts'
import { hashToken } from '#server/operations/invite-tokens.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { mountInvitations } from './routes.ts'
import { mailsTo, newEmail, reportOne, setInvitation } from './testing-invites.ts'

let app: TestApp
let partner: TestPartner
beforeAll(async () => {
  app = await createTestApp([mountProspects, mountInvitations])
})
afterAll(() => app.close())

const week = 7 * 24 * 3600
const fresh = async () => { partner = await app.newPartner() }
const send = (prospectIds: string[], associationType: 'RESALE' | 'REFERRAL' = 'RESALE') => partner.admin.call(sendInvitations, { body: { associationType, prospectIds } })
const resend = (invitationIds: string[], associationType?: 'RESALE' | 'REFERRAL') => partner.admin.call(resendInvitations, { body: { invitationIds, ...(associationType && { associationType }) } })
const get = async (id: string) => (await partner.admin.call(getInvitation, { params: { id } })).body
const tokens = () => app.database.inGlobal((tx) => tx.rows<{ token_hash: string; invitation_id: string }>(sql`select token_hash, invitation_id from invite_tokens where partner_id = ${partner.id}`))
const linkIn = (text: string) => /http:\/\/console\.test\/invite\/([\w-]{43})/.exec(text)?.[1] ?? ''
const rowCodes = (problem: { rows?: { row: number; code: string }[] | undefined }) => problem.rows?.map(({ row, code }) => `${row} ${code}`)

test('an invited prospect gets one mail with a link of the configured address, of which the database keeps the hash alone', async () => {
  await fresh()
  const { id, email, number, invitationId } = await reportOne(partner.admin, { type: 'RESALE' })
  expect(number).toMatch(/^IV\d{12}$/)
  const waiting = await get(invitationId)
  expect(waiting).toMatchObject({ number, state: 'SENT', kind: 'MAIL', prospectId: id, delivery: { state: 'queued', attempts: 0 }, nameMasked: '云海***公司', emailMasked: expect.stringMatching(/^p\*\*\*@/), cause: null, isUnfrozen: false })
  expect(Date.parse(waiting.expiresAt ?? '') - Date.parse(waiting.sentAt)).toBe(week * 1000)
  const [mail, ...more] = await mailsTo(app, partner.id, email)
  expect(more).toEqual([])
  const token = linkIn(mail?.text ?? '')
  expect(mail?.html).toContain(`href="http://console.test/invite/${token}"`)
  expect(await tokens()).toEqual([{ token_hash: hashToken(token), invitation_id: invitationId }])
  expect((await get(invitationId)).delivery).toMatchObject({ state: 'sent', attempts: 1, reason: null })
  const { rows } = await app.engine.query(`select tablename from pg_tables where schemaname = 'public'`)
  for (const { tablename } of rows) expect([tablename, JSON.stringify((await app.engine.query(`select string_agg(t::text, '') as text from ${String(tablename)} t`)).rows).includes(token)]).toEqual([tablename, false])
  expect(app.logged.join()).not.toContain(token)
  const logged = await app.inTenant(partner.id, (tx) => tx.rows(sql`select operation, object_kind, object_number, details from log_entries where partner_id = ${partner.id} and operation = 'invite.sent'`))
  expect(logged).toEqual([{ operation: 'invite.sent', object_kind: 'invitation', object_number: number, details: { type: 'RESALE', to: expect.stringMatching(/^p\*\*\*@/) } }])
})

test('a batch is sent whole or not at all, and every row at fault is named with its reason', async () => {
  await fresh()
  const [good, mailless, invited] = [await reportOne(partner.admin), await reportOne(partner.admin, { email: null }), await reportOne(partner.admin, { type: 'REFERRAL' })]
  const rejected = await reportOne(partner.admin)
  await app.inTenant(partner.id, (tx) => tx.run(sql`update prospects set state = 'REJECTED' where id = ${rejected.id}`))
  const busy = await reportOne(partner.admin)
  const others = await Promise.all(Array.from({ length: 10 }, () => reportOne(partner.admin, { email: busy.email })))
  expect((await send(others.map(({ id }) => id))).status).toBe(200)
  const before = await app.inTenant(partner.id, (tx) => tx.rows(sql`select (select count(*)::int from invitations) as invitations, (select count(*)::int from messages) as messages, (select sum(cardinality(taken))::int from limits where name like 'invite%') as taken`))
  const { status, problem } = await send([good.id, mailless.id, invited.id, rejected.id, good.id, busy.id])
  expect([status, problem.code]).toEqual([409, 'rows_refused'])
  expect(rowCodes(problem)).toEqual(['1 no_email', '2 too_soon', '3 not_reported', '4 duplicate', '5 address_limit'])
  expect(problem.detail).toBe('Rows that cannot be invited: 5. No mail was sent.')
  expect(problem.rows?.[1]?.message).toMatch(/^Wait \d+ seconds/)
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select (select count(*)::int from invitations) as invitations, (select count(*)::int from messages) as messages, (select sum(cardinality(taken))::int from limits where name like 'invite%') as taken`))).toEqual(before)
  expect((await send([good.id, '00000000-0000-4000-8000-000000000000'])).status).toBe(404)
  const stranger = await app.newPartner()
  expect((await stranger.admin.call(sendInvitations, { body: { associationType: 'RESALE', prospectIds: [good.id] } })).status).toBe(404)
  expect((await send([good.id])).body.items).toMatchObject([{ prospectId: good.id, number: expect.stringMatching(/^IV/) }])
})

test('within a minute nobody is mailed twice; afterwards the new link replaces the old one and says so', async () => {
  await fresh()
  const { id, email, invitationId } = await reportOne(partner.admin, { type: 'RESALE' })
  app.travel(57)
  expect(rowCodes((await send([id])).problem)).toEqual(['0 too_soon'])
  expect(rowCodes((await resend([invitationId])).problem)).toEqual(['0 too_soon'])
  app.travel(5)
  const first = linkIn((await mailsTo(app, partner.id, email))[0]?.text ?? '')
  const { body } = await resend([invitationId])
  const next = body.items[0]?.invitationId ?? ''
  const mails = await mailsTo(app, partner.id, email)
  expect(mails.map(({ subject }) => subject)).toEqual(['Test Partner invites you', 'Test Partner invites you (new link)'])
  expect(mails[1]?.text).toContain('The links in earlier mails no longer work.')
  expect((await tokens()).map(({ token_hash }) => token_hash)).toEqual([hashToken(linkIn(mails[1]?.text ?? ''))])
  expect(first).not.toBe(linkIn(mails[1]?.text ?? ''))
  expect([(await get(invitationId)).state, (await get(next)).state]).toEqual(['REPLACED', 'SENT'])
  expect((await partner.admin.call(getProspect, { params: { id } })).body.lastInvitation?.id).toBe(next)
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select operation from log_entries where partner_id = ${partner.id} and operation like 'invite.%' and result = 'success' order by seq`))).toEqual([{ operation: 'invite.sent' }, { operation: 'invite.resent' }])
})

test('a mail that still waits does not leave once its link was replaced or revoked', async () => {
  await fresh()
  const [one, two] = [await reportOne(partner.admin, { type: 'RESALE' }), await reportOne(partner.admin, { type: 'RESALE' })]
  app.travel(61)
  await resend([one.invitationId])
  await partner.admin.call(revokeInvitation, { params: { id: two.invitationId }, body: {} })
  expect(await mailsTo(app, partner.id, one.email)).toHaveLength(1)
  expect(await mailsTo(app, partner.id, two.email)).toEqual([])
})

test('a mail that could not be sent shows why, and is sent again', async () => {
  await fresh()
  const { email, invitationId } = await reportOne(partner.admin, { type: 'RESALE' })
  const give = app.email.send
  app.email.send = async () => { throw new SendFailed('unsendable') }
  await mailsTo(app, partner.id, email)
  app.email.send = give
  expect(await get(invitationId)).toMatchObject({ state: 'SEND_FAILED', delivery: { state: 'failed', attempts: 1, reason: 'unsendable' } })
  const found = await partner.admin.call(queryInvitations, { body: { filter: { state: 'SEND_FAILED' } } })
  expect(found.body.items.map(({ id }) => id)).toEqual([invitationId])
  expect((await partner.admin.call(queryInvitations, { body: { filter: { state: 'SENT' } } })).body.total).toBe(0)
  app.travel(61)
  expect((await resend([invitationId])).status).toBe(200)
  expect(await mailsTo(app, partner.id, email)).toHaveLength(1)
})

test('an invitation ends after seven days to the second, by its filter and in its row, and can be sent again', async () => {
  await fresh()
  const { invitationId } = await reportOne(partner.admin, { type: 'RESALE' })
  const member = partner.admin.memberId
  app.travel(week - 5)
  partner.admin = await app.signIn(partner.id, member)
  expect((await get(invitationId)).state).toBe('SENT')
  expect((await partner.admin.call(queryInvitations, { body: { filter: { todo: 'ending' } } })).body.total).toBe(1)
  app.travel(6)
  expect((await get(invitationId)).state).toBe('EXPIRED')
  expect((await partner.admin.call(queryInvitations, { body: { filter: { state: 'EXPIRED' } } })).body.total).toBe(1)
  expect((await partner.admin.call(revokeInvitation, { params: { id: invitationId }, body: {} })).problem).toMatchObject({ code: 'conflict', detail: 'This invitation is over and cannot be revoked.' })
  expect((await resend([invitationId])).status).toBe(200)
  app.travel(-week - 1)
})

test('failures that another mail helps against are sent again, also as referral; all others are refused row by row', async () => {
  await fresh()
  const made = await Promise.all(Array.from({ length: 6 }, () => reportOne(partner.admin, { type: 'RESALE' })))
  const [paid, credit, taken, revoked, done, opened] = made.map(({ invitationId }) => invitationId)
  const set = (id: string | undefined, change: ReturnType<typeof sql>) => setInvitation(app, partner.id, id ?? '', change)
  await Promise.all([set(paid, sql`state = 'FAILED', cause = 'UNPAID_BILLS'`), set(credit, sql`state = 'FAILED', cause = 'CREDIT_ACCOUNT'`), set(taken, sql`state = 'FAILED', cause = 'ALREADY_ASSOCIATED'`), set(revoked, sql`state = 'REVOKED'`), set(done, sql`state = 'ASSOCIATED'`), set(opened, sql`state = 'OPENED', opened_at = now()`)])
  const { body } = await partner.admin.call(queryInvitations, { body: { filter: { todo: 'cure' } } })
  expect([body.total, body.toCure]).toEqual([2, 2])
  expect(await get(credit ?? '')).toMatchObject({ cause: 'CREDIT_ACCOUNT', cure: 'resend_as_referral', resendAt: expect.any(String) })
  expect(await get(taken ?? '')).toMatchObject({ cause: 'ALREADY_ASSOCIATED', cure: 'invite_other_account', resendAt: null })
  app.travel(61)
  expect(rowCodes((await resend([paid, credit, taken, revoked, done, opened].map(String))).problem)).toEqual(['2 not_resendable', '3 not_resendable', '4 not_resendable'])
  const again = await resend([credit, opened].map(String), 'REFERRAL')
  expect(await Promise.all(again.body.items.map(async ({ invitationId }) => (await get(invitationId)).associationType))).toEqual(['REFERRAL', 'REFERRAL'])
})

test('without the resale model a resale mail is refused by its row, and goes as referral', async () => {
  await fresh()
  const { id, invitationId } = await reportOne(partner.admin, { type: 'RESALE' })
  await app.inTenant(partner.id, (tx) => tx.run(sql`update partners set may_resell = false where id = ${partner.id}`))
  app.travel(61)
  expect(rowCodes((await send([id], 'RESALE')).problem)).toEqual(['0 no_resale'])
  expect(rowCodes((await resend([invitationId])).problem)).toEqual(['0 no_resale'])
  expect((await resend([invitationId], 'REFERRAL')).status).toBe(200)
  await app.inTenant(partner.id, (tx) => tx.run(sql`update partners set type = 'RESELLER', distributor_left = true where id = ${partner.id}`))
  expect((await send([id], 'REFERRAL')).problem).toMatchObject({ code: 'invite_blocked', facts: { block: 'distributor_left' } })
})

test('a partner sends at most 200 mails in 24 hours, and hears when it may send more', async () => {
  await fresh()
  const ids = await app.inTenant(partner.id, (tx, now) => tx.rows<{ id: string }>(sql`insert into prospects (partner_id, id, name, mobile, email, state, reporter_id, reported_at, expires_at)
    select ${partner.id}::uuid, gen_random_uuid(), '云海科技', '+861370000' || lpad(n::text, 4, '0'), 'limit' || n || '@customer.example', 'REPORTED', ${partner.admin.memberId}::uuid, ${now}::timestamptz, ${now}::timestamptz + interval '15 days' from generate_series(1, 100) n returning id`))
  const all = ids.map(({ id }) => id)
  expect((await send(all)).status).toBe(200)
  app.travel(61)
  expect((await send(all.slice(1))).status).toBe(200)
  app.travel(61)
  const { status, problem } = await send(all.slice(0, 2))
  expect([status, problem.code, problem.facts?.['max']]).toEqual([429, 'too_many_requests', '200'])
  expect(problem.retryAfter).toBeGreaterThan(23 * 3600)
  expect((await send(all.slice(0, 1))).status).toBe(200)
})

test('a manager invites own prospects only, and the mail counts for that manager', async () => {
  await fresh()
  const [mine, peer] = [await partner.addMember({ role: 'manager' }), await partner.addMember({ role: 'manager' })]
  const own = await reportOne(mine)
  expect((await peer.call(sendInvitations, { body: { associationType: 'REFERRAL', prospectIds: [own.id] } })).status).toBe(404)
  const { body } = await mine.call(sendInvitations, { body: { associationType: 'REFERRAL', prospectIds: [own.id] } })
  const id = body.items[0]?.invitationId ?? ''
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select manager_id, inviter_id from invitations where id = ${id}`))).toEqual([{ manager_id: mine.memberId, inviter_id: mine.memberId }])
  expect((await peer.call(getInvitation, { params: { id } })).status).toBe(404)
  expect((await peer.call(resendInvitations, { body: { invitationIds: [id] } })).status).toBe(404)
  expect((await peer.call(revokeInvitation, { params: { id }, body: {} })).status).toBe(404)
  expect((await mine.call(revokeInvitation, { params: { id }, body: {} })).body.state).toBe('REVOKED')
})

test('the same order sent twice under one key mails once', async () => {
  await fresh()
  const { id, email } = await reportOne(partner.admin)
  const order = () => partner.admin.call(sendInvitations, { body: { associationType: 'RESALE', prospectIds: [id] } }, { key: 'one-key-for-one-mail' })
  const [first, second] = [await order(), await order()]
  expect(second.body).toEqual(first.body)
  expect(await mailsTo(app, partner.id, email)).toHaveLength(1)
})

test('ten mails a day reach one address, whichever partners send them', async () => {
  const email = newEmail()
  for (let i = 0; i < 5; i += 1) {
    await fresh()
    await Promise.all([reportOne(partner.admin, { email, type: 'RESALE' }), reportOne(partner.admin, { email, type: 'RESALE' })])
  }
  await fresh()
  const { id } = await reportOne(partner.admin, { email })
  expect(rowCodes((await send([id])).problem)).toEqual(['0 address_limit'])
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select 1 from limits where subject like '%' || ${email} || '%'`))).toEqual([])
})
