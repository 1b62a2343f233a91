import { revealFields, type RevealField } from '#contract/reveals.ts'
import type { Actor } from '#server/auth/actor.ts'
import type { Mount } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { revealShown } from '#server/limits.ts'
import { takeReveal } from './limits.ts'
import { fieldsOf, readSubjects, type SubjectKind } from './store.ts'

/** Full personal data: for named customers, prospects, invitations, members, specialists, whitelisted customers or resellers and fields, counted, and written down in the transaction that reads them. */
export const mountReveals = (mount: Mount): void => {
  mount.perform(revealFields, {
    permission: 'data.reveal',
    async prepare({ body }, context) {
      if (!maySee(context.actor, body.subject, body.fields)) throw new Refusal('no_permission')
      if (body.fields.some((field) => !fieldsOf[body.subject].includes(field))) throw new Refusal('invalid_input', { fields: [{ path: 'fields', code: 'invalid', message: '' }] })
      const ids = [...new Set(body.ids)]
      const subjects = await readSubjects(context.tx, context.actor, body.subject, ids)
      // One id outside the scope refuses the call without saying which: what is left would tell.
      if (subjects.length < ids.length) throw new Refusal('not_found')
      await takeReveal(context, ids.length)
      return { subjects, fields: [...new Set(body.fields)] }
    },
    async apply({ subjects, fields }, _input, { now }) {
      return {
        items: subjects.map((subject) => ({ id: subject.id, values: Object.fromEntries(fields.map((field) => [field, subject[field] ?? null])) })),
        hideAt: new Date(now.getTime() + revealShown * 1000).toISOString(), now: now.toISOString(),
      }
    },
    log: (_reply, { subjects, fields }, { body }) => subjects.flatMap(({ id, number }) => fields.map((field) => (
      { operation: 'data.reveal' as const, objectKind: body.subject, objectNumber: number, ...(body.subject === 'customer' && { customerId: id }), details: { field, page: body.page } }))),
  })
}

/** A customer's data belong to the customer pages; the name alone also stands in the funds records. */
function maySee({ permissions }: Actor, subject: SubjectKind, fields: readonly RevealField[]): boolean {
  switch (subject) {
    case 'customer': return permissions.has('customer.view') || (permissions.has('funds.view') && fields.every((field) => field === 'name'))
    case 'prospect': return permissions.has('prospect.view')
    case 'invitation': return permissions.has('invite.view')
    case 'business': return permissions.has('profile.business')
    case 'member':
    case 'specialist': return permissions.has('org.view')
    case 'whitelist': return permissions.has('coupon.whitelist')
    case 'reseller': return permissions.has('coupon.quota') && fields.every((field) => field === 'name')
  }
}
