import { allocateFunds } from '#contract/funds.ts'
import { Amount, amountFromMinor, fromMinor, toMinor } from '#contract/money.ts'
import type { Summary } from '#contract/proofs.ts'
import { sql } from '#server/db/query.ts'
import type { MountFeature } from '#server/http/app.ts'
import { Refusal } from '#server/http/refusal.ts'
import { maskCompany } from '#server/masking/mask.ts'

/** What the stand-in operation did, and the facts it reads: a test changes them between freezing and repeating. */
export type Stage = { executed: string[]; source: string; balanceNote: bigint; refusing: boolean; failing: boolean; refusingLate: boolean }
export const newStage = (): Stage => ({ executed: [], source: 'top-up', balanceNote: 100_000n, refusing: false, failing: false, refusingLate: false })

/** The smallest sensitive operation: the rules of proofs are tested with it, not those of money. It leaves one row in `installation` per execution. */
export const mountStage = (stage: Stage): MountFeature => (mount) => mount.perform(allocateFunds, {
  permission: 'funds.allocate', refused: 'funds.allocate',
  async prepare() {
    if (stage.refusing) throw new Refusal('insufficient_funds', { facts: { available: '0.00', needed: '1.00', short: '1.00' } })
  },
  canonical: ({ body }) => ({ ...body, items: body.items.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1)) }),
  summarize(_nothing, { body }): Summary {
    const amounts = body.items.map((item) => toMinor(item.amount))
    const total = amounts.reduce((sum, amount) => sum + amount, 0n)
    return {
      operation: 'funds.allocate', total: amountFromMinor(total), count: body.items.length, largest: amountFromMinor(amounts.reduce((a, b) => (a > b ? a : b))),
      facts: [{ kind: 'text', label: 'source', text: stage.source }],
      items: body.items.map((item) => ({ nameMasked: maskCompany('云海科技有限公司'), idTail: item.customerId.slice(-4), amount: item.amount })).toSorted((a, b) => (a.idTail < b.idTail ? -1 : 1)),
      notes: [{ kind: 'change', label: 'available', from: fromMinor(stage.balanceNote), to: fromMinor(stage.balanceNote) }],
    }
  },
  async apply(_nothing, { body }, { tx, now, proofId }) {
    if (stage.failing) throw new Error('the machine room is on fire')
    await tx.run(sql`insert into installation (key, value, at) values (${`executed:${proofId}`}, 'x', ${now})`)
    if (stage.refusingLate) throw new Refusal('conflict')
    stage.executed.push(body.items.map((item) => item.amount).join())
    return { transferId: proofId ?? '', batchNumber: null, total: body.items[0]?.amount ?? amountFromMinor(0n), count: body.items.length, adjustments: [] }
  },
  log: (reply) => ({ operation: 'funds.allocate', objectKind: 'transfer', amount: toMinor(Amount.parse(reply.total)) }),
})
