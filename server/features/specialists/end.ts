import type { cancelSpecialist, SpecialistState, unbindSpecialist } from '#contract/specialists.ts'
import { sql } from '#server/db/query.ts'
import type { Operation } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { demandSpecialist, factsOf } from './invite.ts'
import { presentSpecialist } from './present.ts'
import { releaseAccount, voidLink, type SpecialistRecord } from './store.ts'

/** Ends what stands between a partner and a specialist. @param from the states it may be ended in. */
const ending = (state: 'CANCELLED' | 'UNBOUND', from: readonly SpecialistState[]): Operation<typeof cancelSpecialist | typeof unbindSpecialist, SpecialistRecord> => ({
  permission: 'org.member',
  async prepare({ params: { id } }, context) {
    const row = await demandSpecialist(context, id, true)
    if (!from.includes(row.state)) throw new Refusal('conflict', { sentence: 'specialist_closed' })
    return row
  },
  async apply(row, _input, context) {
    const { tx, actor: { partner } } = context
    await voidLink(tx, partner.id, row)
    await releaseAccount(tx, row)
    await tx.run(sql`update specialists set state = ${state} where partner_id = ${partner.id} and id = ${row.id}::uuid`)
    return presentSpecialist(await demandSpecialist(context, row.id))
  },
  log: (_row, { id, state: before }) => factsOf(state === 'CANCELLED' ? 'specialist.cancelled' : 'specialist.unbound', id, before === 'UNDER_REVIEW' ? { before } : {}),
})

export const cancelOperation = ending('CANCELLED', ['INVITED', 'LAPSED', 'UNDER_REVIEW'])
export const unbindOperation = ending('UNBOUND', ['BOUND'])
