import { afterAll, beforeAll, expect, test } from 'vitest'
import { allocateFunds } from '#contract/funds.ts'
import { askPasskey, checkPasskey, checkTotp } from '#contract/proofs.ts'
import { addTotp, askIdentityPasskey, beginTotp, checkIdentityPasskey, checkIdentityTotp, listAuthenticators, removeAuthenticator, requireAuthenticators } from '#contract/security.ts'
import { sql } from '#server/db/query.ts'
import { mountSecurity } from '#server/features/security/routes.ts'
import { openForm } from '#server/features/security/testing-security.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { ask, check, order, send, wrong } from '#server/testing/confirm.ts'
import { firstApp, firstKey, openByPasskey, openByTotp, shownCode } from '#server/testing/soft-authenticators.ts'
import { mountStage, newStage } from '#server/testing/sensitive.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountSecurity, mountStage(newStage())])
})
afterAll(() => app.close())

const fifty = <T>(work: (number: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: 50 }, (_, number) => work(number)))
const count = <T>(all: readonly T[], one: T): number => all.filter((each) => each === one).length

test('a code of an app that is shown fifty times at once, in many sign-ins and for many things, is taken once', async () => {
  for (let round = 0; round < 5; round += 1) {
    const partner = await app.newPartner()
    const { admin } = partner
    const { secret } = await firstApp(app, admin)
    const sessions = [admin, await app.signIn(partner.id, admin.memberId), await app.signIn(partner.id, admin.memberId)]
    const proofs = await Promise.all(sessions.map((person) => ask(person)))
    const code = await shownCode(app, secret)
    const answers = await fifty(async (number) => {
      const person = sessions[number % 3] ?? admin
      const id = proofs[number % 3]?.proofId ?? ''
      return (await (number % 2 === 0 ? person.call(checkTotp, { params: { id }, body: { code } }) : person.call(checkIdentityTotp, { body: { change: 'mobile', code } }))).status
    })
    expect(count(answers, 200)).toBe(1)
    const [steps] = await app.inTenant(partner.id, (tx) => tx.rows<{ passed: number; opened: number }>(sql`select (select count(*)::int from proofs where partner_id = ${partner.id} and state = 'passed') as passed, (select count(*)::int from openings where partner_id = ${partner.id}) as opened`))
    expect((steps?.passed ?? 0) + (steps?.opened ?? 0)).toBe(1)
  }
})

test('of fifty wrong codes of an app at once five are compared, and the right one is then too late', async () => {
  const partner = await app.newPartner()
  const { admin } = partner
  const { secret } = await firstApp(app, admin)
  const { proofId: id } = await ask(admin)
  const code = await shownCode(app, secret)
  const answers = await fifty(async () => (await admin.call(checkTotp, { params: { id }, body: { code: wrong(code) } })).problem.code)
  expect([count(answers, 'code_wrong') + count(answers, 'proof_locked'), count(answers, 'code_wrong')]).toEqual([50, 4])
  expect((await admin.call(checkTotp, { params: { id }, body: { code } })).problem.code).toBe('proof_locked')
})

test('a signature that is sent fifty times at once confirms once', async () => {
  const { admin } = await app.newPartner()
  const { passkey } = await firstKey(app, admin)
  const { proofId: id } = await ask(admin)
  const { body: { options } } = await admin.call(askPasskey, { params: { id }, body: {} })
  const assertion = passkey.answer(options)
  const answers = await fifty(async () => (await admin.call(checkPasskey, { params: { id }, body: { assertion } })).status)
  expect(count(answers, 200)).toBe(1)
  const identity = passkey.answer((await admin.call(askIdentityPasskey, { body: { change: 'password' } })).body.options)
  expect(count(await fifty(async () => (await admin.call(checkIdentityPasskey, { body: { change: 'password', assertion: identity } })).status), 200)).toBe(1)
})

test('a copy of a passkey that counts as far as the first is noticed, also when both sign at once', async () => {
  for (let round = 0; round < 10; round += 1) {
    const partner = await app.newPartner()
    const { passkey } = await firstKey(app, partner.admin)
    const sessions = [partner.admin, await app.signIn(partner.id, partner.admin.memberId)]
    const answers = await Promise.all(await Promise.all(sessions.map(async (person) => {
      const { proofId: id } = await ask(person)
      const { body: { options } } = await person.call(askPasskey, { params: { id }, body: {} })
      return async () => (await person.call(checkPasskey, { params: { id }, body: { assertion: passkey.answer(options, { counter: 5 }) } })).status
    })).then((both) => both.map((send) => send())))
    expect(answers.toSorted()).toEqual([200, 422])
  }
})

test('one opening and one first code make one authenticator, however often they are sent', async () => {
  const { admin } = await app.newPartner()
  await openForm(app, admin, 'authenticator')
  const { body: { secret } } = await admin.call(beginTotp, { body: {} })
  const code = await shownCode(app, secret)
  const answers = await fifty(async (number) => (await admin.call(addTotp, { body: { name: `Phone ${number}`, code } })).status)
  expect(count(answers, 200)).toBe(1)
  expect((await admin.call(listAuthenticators, {})).body.items).toHaveLength(1)
})

test('of two administrators who give up their last authenticators at once, one keeps it while something needs one', async () => {
  for (let round = 0; round < 10; round += 1) {
    const partner = await app.newPartner()
    const [one, other] = [partner.admin, await partner.addMember({ role: 'administrator' })]
    const [first, second] = [await firstApp(app, one), await firstKey(app, other)]
    await app.inTenant(partner.id, (tx) => tx.run(sql`update partners set required_operations = '{funds.allocate}' where id = ${partner.id}`))
    await openByTotp(app, one, first.secret)
    await openByPasskey(other, second.passkey)
    const answers = await Promise.all([one.call(removeAuthenticator, { params: { id: first.id } }), other.call(removeAuthenticator, { params: { id: second.id } })])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  }
})

test('an administrator who gives up the last authenticator while requiring one does not do both', async () => {
  for (let round = 0; round < 10; round += 1) {
    const partner = await app.newPartner()
    const { admin } = partner
    const { passkey, id } = await firstKey(app, admin)
    const { problem } = await admin.call(requireAuthenticators, { body: { operations: ['funds.allocate'] } })
    const proof = problem.proof?.proofId ?? ''
    const { body: { options } } = await admin.call(askPasskey, { params: { id: proof }, body: {} })
    await admin.call(checkPasskey, { params: { id: proof }, body: { assertion: passkey.answer(options) } })
    await openByPasskey(admin, passkey)
    const [required, removed] = await Promise.all([admin.call(requireAuthenticators, { body: { operations: ['funds.allocate'] } }, { proof }), admin.call(removeAuthenticator, { params: { id } })])
    expect([required.status, removed.status].filter((status) => status === 200)).toHaveLength(1)
  }
})

test('an operation that executes while authenticators are being required was either before or is refused', async () => {
  for (let round = 0; round < 10; round += 1) {
    const partner = await app.newPartner()
    const { passkey } = await firstKey(app, partner.admin)
    const colleague = await partner.addMember({ role: 'operator', extra: ['funds.allocate'] })
    const { proofId } = await ask(colleague)
    await check(colleague, proofId, await send(app, colleague, proofId))
    app.travel(61)
    const { problem } = await partner.admin.call(requireAuthenticators, { body: { operations: ['funds.allocate'] } })
    const proof = problem.proof?.proofId ?? ''
    const { body: { options } } = await partner.admin.call(askPasskey, { params: { id: proof }, body: {} })
    await partner.admin.call(checkPasskey, { params: { id: proof }, body: { assertion: passkey.answer(options) } })
    const [moved] = await Promise.all([colleague.call(allocateFunds, order(200), { proof: proofId }), partner.admin.call(requireAuthenticators, { body: { operations: ['funds.allocate'] } }, { proof })])
    expect([200, 403]).toContain(moved.status)
    const [row] = await app.inTenant(partner.id, (tx) => tx.rows<{ state: string }>(sql`select state from proofs where id = ${proofId}`))
    expect(row?.state).toBe(moved.status === 200 ? 'used' : 'void')
    expect((await colleague.call(allocateFunds, order(200), { proof: proofId })).status).toBe(403)
  }
})
