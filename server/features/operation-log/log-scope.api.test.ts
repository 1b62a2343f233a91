import { afterAll, beforeAll, expect, test } from 'vitest'
import { getLogEntry, queryLog } from '#contract/operation-log.ts'
import { writeLog } from '#server/audit/write.ts'
import { createTestApp, type Client, type TestApp } from '#server/testing/app.ts'
import { mountOperationLog } from './routes.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([mountOperationLog]) })
afterAll(() => app.close())

const request = { id: 'request', address: '192.0.2.1', agent: 'test', locale: 'en-US' } as const

/** A partner whose manager tagged two customers and then lost the second to a colleague whom the director does not lead. */
async function open() {
  const { id, admin, addMember } = await app.newPartner()
  const director = await addMember({ role: 'director' })
  const manager = await addMember({ role: 'manager', directorId: director.memberId })
  const colleague = await addMember({ role: 'manager' })
  const operator = await addMember({ role: 'operator', extra: ['log.view', 'log.view.all'] })
  const own = await app.addCustomer(id, { name: '云海科技有限公司', managerId: manager.memberId })
  const lost = await app.addCustomer(id, { name: '远山软件有限公司', managerId: colleague.memberId })
  await app.inTenant(id, (tx, now) => writeLog(tx, now, { partnerId: id, memberId: manager.memberId, name: 'Lin Wei', source: 'console' }, request,
    [own, lost].map((customer) => ({ operation: 'customer.tag', objectKind: 'customer', objectNumber: customer.number, customerId: customer.id }))))
  return { admin, director, manager, operator, own: { id: own.id, nameMasked: '云海***公司', number: own.number }, lost: { id: lost.id, nameMasked: '远山***公司', number: lost.number } }
}
async function customersSeenBy(client: Client) {
  const { body } = await client.call(queryLog, { body: { filter: { operation: 'customer.tag' } } })
  const details = await Promise.all(body.items.map(({ id }) => client.call(getLogEntry, { params: { id } })))
  const listed = body.items.map(({ customer }) => customer).toReversed()
  expect(details.map((detail) => detail.body.customer).toReversed()).toEqual(listed)
  return listed
}

test('whoever is trusted with the whole log reads whom each entry is about; a customer outside their scope comes masked and cannot be opened', async () => {
  const { admin, operator, director, own, lost } = await open()
  expect(await customersSeenBy(admin)).toEqual([own, lost])
  expect(await customersSeenBy(operator)).toEqual([own, lost])
  expect(await customersSeenBy(director)).toEqual([own, { ...lost, id: null }])
})

test('whoever sees only their own entries no longer reads about a customer they lost', async () => {
  const { manager, own } = await open()
  expect(await customersSeenBy(manager)).toEqual([own, null])
})

test('an object number finds its entries as people type and paste it: with blanks, full-width, in other letters', async () => {
  const { id, admin } = await app.newPartner()
  const customer = await app.addCustomer(id)
  const proof = '97a93661-dc93-47b0-8441-023946d049b6'
  await app.inTenant(id, (tx, now) => writeLog(tx, now, { partnerId: id, memberId: admin.memberId, name: 'Lin Wei', source: 'console' }, request, [
    { operation: 'funds.allocate', objectKind: 'adjustment', objectNumber: 'TX261130001986' }, { operation: 'customer.tag', objectKind: 'customer', objectNumber: customer.number }, { operation: 'proof.frozen', objectKind: 'proof', objectNumber: proof },
  ]))
  const found = async (objectNumber: string) => (await admin.call(queryLog, { body: { filter: { objectNumber } } })).body.items.map((item) => item.objectNumber)
  for (const typed of ['TX261130001986', ' tx261130001986 ', 'ＴＸ261130001986']) expect(await found(typed)).toEqual(['TX261130001986'])
  expect(await found(`${customer.number.slice(0, 6)} ${customer.number.slice(6)}`)).toEqual([customer.number])
  expect(await found(proof.toUpperCase())).toEqual([proof])
  expect(await found('TX26113000198')).toEqual([])
})
