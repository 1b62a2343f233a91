import { findObjects } from '#contract/search.ts'
import type { Mount } from '#server/http/context.ts'
import { maskCompany } from '#server/masking/mask.ts'
import { findByNumber } from './store.ts'

/** The box in the header: objects by their whole number or id, within what the person may see. */
export const mountSearch = (mount: Mount): void => {
  mount.read(findObjects, {
    permission: 'signed_in',
    async run({ body }, { tx, actor }) {
      const found = await findByNumber(tx, actor, body.text)
      return { items: found.map(({ kind, id, number, customerName, customerId }) => ({ kind, id, number, nameMasked: maskCompany(customerName), customerId })) }
    },
  })
}
