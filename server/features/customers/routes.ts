import { getCustomer, getCustomerChoices, putCustomerTag, queryCustomers } from '#contract/customers.ts'
import type { Mount } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { maskName } from '#server/masking/mask.ts'
import { kindsOf, resolveLookUp } from '#server/operations/look-up.ts'
import { findCustomers } from './find.ts'
import { presentCustomer, presentDetail } from './present.ts'
import { isTag } from './rules.ts'
import { lockTag, readChoices, readCustomers, readFacts, readTrend, setTag } from './store.ts'

/** The customers of the partner: list, choices of its filters, one customer, and its tag. */
export const mountCustomers = (mount: Mount): void => {
  mount.read(queryCustomers, {
    permission: 'customer.view',
    async run({ body }, context) {
      const { tx, now, actor } = context
      const asked = await resolveLookUp(body, context)
      const { total, ids } = await findCustomers(tx, actor, { filter: body.filter, sort: body.sort, lookUp: asked?.lookUp }, { offset: (body.page - 1) * body.pageSize, limit: body.pageSize })
      const rows = await readCustomers(tx, actor, ids, asked?.lookUp)
      return {
        items: rows.map((row) => ({ ...presentCustomer(row), matched: row.matched })), total,
        view: asked?.view ?? null, lookupKinds: asked ? kindsOf(asked.lookUp) : [], asOf: now.toISOString(),
      }
    },
  })

  mount.read(getCustomerChoices, {
    permission: 'customer.view',
    async run(_input, { tx, actor }) {
      const { managers, tags } = await readChoices(tx, actor)
      return { managers: managers.map(({ id, name }) => ({ id, nameMasked: maskName(name) })), tags }
    },
  })

  mount.read(getCustomer, {
    permission: 'customer.view',
    async run({ params: { id } }, { tx, now, actor }) {
      const [row] = await readCustomers(tx, actor, [id])
      if (!row) throw new Refusal('not_found')
      const facts = await readFacts(tx, actor.partner.id, id)
      return presentDetail(row, facts, await readTrend(tx, now, actor, id), now)
    },
  })

  mount.perform(putCustomerTag, {
    permission: 'customer.tag',
    async prepare({ params: { id }, body: { tag } }, { tx, actor }) {
      const before = await lockTag(tx, actor, id)
      if (!before) throw new Refusal('not_found')
      if (!isTag(tag)) throw new Refusal('invalid_input', { fields: [{ path: 'tag', code: 'tag', message: '' }] })
      return before
    },
    async apply(_before, { params: { id }, body: { tag } }, { tx, actor }) {
      await setTag(tx, actor.partner.id, id, tag)
      return { tag }
    },
    log: ({ tag }, before, { params: { id } }) => ({ operation: 'customer.tag', objectKind: 'customer', objectNumber: before.number, customerId: id, details: { before: before.tag, after: tag } }),
  })
}
