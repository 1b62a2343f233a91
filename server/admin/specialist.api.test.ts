import { afterAll, beforeAll, expect, test } from 'vitest'
import { acceptSpecialistInvite, getMySpecialist } from '#contract/specialists.ts'
import { features } from '#server/app.ts'
import { open } from '#server/auth/seal.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { inviteOne, newPerson, specialist } from '#server/testing/specialists.ts'
import { runCommand } from './run.ts'

let app: TestApp
let partner: TestPartner
beforeAll(async () => {
  app = await createTestApp(features)
  partner = await app.newPartner()
})
afterAll(() => app.close())

async function admin(words: readonly string[], reason = '资料不全，详见 https://evil.cn') {
  const [out, errors]: [string[], string[]] = [[], []]
  const code = await runCommand([...words, ...(words[0] === 'specialist:list' ? [] : ['--operator', 'ops.lin', '--reason', reason])], {
    open: async () => ({ ...app.engine, close: async () => undefined }),
    publicUrl: 'https://console.test', print: (line) => out.push(line), printError: (line) => errors.push(line), readInput: async () => '', prepareMessages: () => undefined,
  })
  return { code, out: out.join('\n'), errors: errors.join('\n') }
}
const decide = (id: string, ...how: string[]) => admin(['specialist:review', '--partner', partner.account, '--specialist', id, ...how])
const newest = async () => {
  const [row] = await app.inTenant(partner.id, (tx) => tx.rows<{ kind: string; sealed: Uint8Array }>(sql`select kind, sealed from messages where partner_id = ${partner.id} and kind = 'SP-02' order by at desc limit 1`))
  return row && String(JSON.parse(open(row.sealed)).text)
}

test('the vendor sees who waits, masked, and binds one; the specialist is told by mail, and the log says who decided', async () => {
  const { id, guest } = await specialist(app, partner, 'UNDER_REVIEW', { name: '郑思远' })
  const { out } = await admin(['specialist:list', '--partner', partner.account])
  expect(out).toMatch(new RegExp(`^${id} {2}\\S+ {2}郑\\*\\* {2}`))
  expect(out).not.toContain(guest.account.name)
  expect(await decide(id)).toMatchObject({ code: 1, errors: 'Either --approve or --reject.' })
  expect(await decide(id, '--approve')).toMatchObject({ code: 0, errors: '' })
  expect((await guest.call(getMySpecialist, {})).body.specialist).toMatchObject({ state: 'BOUND', boundAt: expect.any(String) })
  expect(await newest()).toContain('https://console.test/my/specialist')
  expect(await decide(id, '--reject')).toMatchObject({ code: 1, errors: `${partner.account} has no specialist ${id} under review.` })
  const [logged] = await app.inTenant(partner.id, (tx) => tx.rows(sql`select source, object_number as number, details->>'after' as after, details->>'operator' as operator from log_entries where partner_id = ${partner.id} and operation = 'specialist.reviewed'`))
  expect(logged).toEqual({ source: 'vendor', number: id, after: 'BOUND', operator: 'ops.lin' })
})

test('whom the vendor rejects hears the reason without its link, and may accept another invitation', async () => {
  const { id, guest } = await specialist(app, partner, 'UNDER_REVIEW')
  expect(await decide(id, '--reject')).toMatchObject({ code: 0 })
  expect((await guest.call(getMySpecialist, {})).body.specialist).toMatchObject({ state: 'REJECTED', reason: '资料不全，详见 https://evil.cn' })
  const text = await newest()
  expect([text?.includes('资料不全'), text?.includes('evil.cn')]).toEqual([true, false])
  const again = await inviteOne(app, partner)
  expect((await guest.call(acceptSpecialistInvite, { body: { token: again.token } })).status).toBe(200)
})

test('an account becomes personal by the vendor’s word, and can accept from then on', async () => {
  const guest = await newPerson(app, { isPersonal: false })
  const { token } = await inviteOne(app, partner)
  expect((await guest.call(acceptSpecialistInvite, { body: { token } })).status).toBe(409)
  expect(await admin(['account:set', '--name', guest.account.name, '--kind', 'personal'], 'seen')).toMatchObject({ code: 0 })
  expect((await guest.call(acceptSpecialistInvite, { body: { token } })).status).toBe(200)
})
