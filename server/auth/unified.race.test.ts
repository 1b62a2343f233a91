import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn } from '#contract/session.ts'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, testPassword, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { startIssuer, type Issuer } from '#server/testing/issuer.ts'
import { consoleOrigin, link, loginOf, newBrowser, operate } from '#server/testing/unified.ts'
import { newGuest } from '#server/testing/visitor.ts'
import { createUnifiedProvider } from './unified-provider.ts'

let app: TestApp
let issuer: Issuer
let partner: TestPartner
beforeAll(async () => {
  app = await createTestApp(features)
  issuer = await startIssuer(consoleOrigin)
  app.deps.unified = createUnifiedProvider(issuer.settings, consoleOrigin)
  partner = await app.newPartner()
})
afterAll(async () => {
  await issuer.close()
  await app.close()
})

const sessionsOf = (memberId: string) => app.inTenant(partner.id, async (tx) => (await tx.rows(sql`select 1 from sessions where partner_id = ${partner.id} and member_id = ${memberId}`)).length)
const forget = () => app.database.inGlobal((tx) => tx.run(sql`delete from limits`))
const rounds = Array.from({ length: 12 }, (_, round) => round)

test('whoever is unlinked while signing in by the unified ID keeps no session', async () => {
  for (const round of rounds) {
    await forget()
    const member = await partner.addMember({ role: 'manager' })
    const login = await link(app, issuer, partner, member, `unlinked-${round}`)
    const browsers = Array.from({ length: 8 }, () => newBrowser(app))
    const ways = await Promise.all(browsers.map(async (browser) => ({ browser, back: await browser.atProvider(`unlinked-${round}`) })))
    const [{ code }] = await Promise.all([
      operate(app, issuer, 'member:identity', '--partner', partner.account, '--member', login, '--subject', `unlinked-${round}`, '--remove'), ...ways.map(({ browser, back }) => browser.open(back)),
    ])
    expect([round, code, await sessionsOf(member.memberId)]).toEqual([round, 0, 0])
  }
})

test('whoever is linked while signing in by password keeps no session', async () => {
  for (const round of rounds) {
    await forget()
    const member = await partner.addMember({ role: 'manager' })
    const login = await loginOf(app, partner, member)
    const guests = Array.from({ length: 3 }, () => newGuest(app).call(signIn, { body: { account: partner.account, member: login, password: testPassword } }))
    await Promise.all([link(app, issuer, partner, member, `linked-${round}`), ...guests])
    expect([round, await sessionsOf(member.memberId)]).toEqual([round, 0])
  }
})

test('of two people who are linked with one subject at once one is', async () => {
  for (const round of rounds) {
    const logins = await Promise.all((await Promise.all([0, 1, 2, 3].map(() => partner.addMember({ role: 'manager' })))).map((member) => loginOf(app, partner, member)))
    const done = await Promise.all(logins.map((login) => operate(app, issuer, 'member:identity', '--partner', partner.account, '--member', login, '--subject', `one-${round}`)))
    expect([round, done.filter(({ code }) => code === 0).length]).toEqual([round, 1])
  }
})
