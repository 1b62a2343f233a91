import { confirmStatements, createFeedback, getIncentiveChoices, getIncentiveOverview, getLine, getStatement, previewConfirmation, queryFreezes, queryLines, queryStatements } from '#contract/incentives.ts'
import { fromMinor } from '#contract/money.ts'
import { seesWholePartner } from '#server/auth/actor.ts'
import { sql } from '#server/db/query.ts'
import type { Mount } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { kindsOf, resolveLookUp } from '#server/operations/look-up.ts'
import { takeLookUp } from '#server/operations/look-up-limit.ts'
import { readSums } from './bars.ts'
import { confirmOperation, previewRead } from './confirm.ts'
import { feedbackOperation, readFeedbacks } from './feedback.ts'
import { findFreezes } from './freeze-store.ts'
import { findLines, readLine } from './line-store.ts'
import { presentChoices, presentOverview, readNextPeriod } from './overview.ts'
import { presentBars, presentFeedback, presentFreeze, presentLine, presentStatement, presentTotals } from './present.ts'
import { findStatements, readStatements } from './statement-store.ts'

const sliceOf = ({ page, pageSize }: { page: number; pageSize: number }) => ({ offset: (page - 1) * pageSize, limit: pageSize })

/** Incentive statements: what was earned and what of it can be requested, the statements with their lines, confirming, and feedback. */
export const mountIncentives = (mount: Mount): void => {
  mount.read(getIncentiveOverview, { permission: 'incentive.view', run: (_input, context) => presentOverview(context) })
  mount.read(getIncentiveChoices, { permission: 'incentive.view', run: (_input, context) => presentChoices(context) })

  mount.read(queryStatements, {
    permission: 'incentive.view',
    async run({ body }, { tx, now, actor, request }) {
      const { rows, total, net } = await findStatements(tx, now, actor, body, sliceOf(body))
      return { items: rows.map((row) => presentStatement(row, now, actor, request.locale)), total, amount: fromMinor(net), nextPeriod: await readNextPeriod(tx, now, actor.partner.id), asOf: now.toISOString() }
    },
  })

  mount.read(getStatement, {
    permission: 'incentive.view',
    async run({ params: { id } }, { tx, now, actor, request }) {
      const [row] = await readStatements(tx, now, actor, [id])
      if (!row) throw new Refusal('not_found')
      const bars = seesWholePartner(actor) ? presentBars(await readSums(tx, now, actor, sql`s.id = ${id}::uuid`)).bars : null
      return { ...presentStatement(row, now, actor, request.locale), bars, asOf: now.toISOString() }
    },
  })

  mount.read(queryLines, {
    permission: 'incentive.view',
    async run({ body }, context) {
      const { tx, now, actor, request } = context
      const asked = await resolveLookUp(body, context)
      // Part of a reseller's name is looked up like that of a customer, so both are counted together.
      if (body.reseller !== undefined) await takeLookUp(context)
      const { rows, totals } = await findLines(tx, now, actor, { filter: body.filter, sort: body.sort, lookUp: asked?.lookUp, reseller: body.reseller }, sliceOf(body))
      return { items: rows.map((row) => presentLine(row, request.locale)), total: totals.total, view: asked?.view ?? null, lookupKinds: asked ? kindsOf(asked.lookUp) : [], totals: presentTotals(totals), asOf: now.toISOString() }
    },
  })

  mount.read(getLine, {
    permission: 'incentive.view',
    async run({ params: { id } }, { tx, now, actor, request }) {
      const row = await readLine(tx, now, actor, id)
      if (!row) throw new Refusal('not_found')
      const adjustments = await tx.rows<{ amount: bigint; reason: string; at: Date }>(sql`select amount, reason, at from incentive_adjustments where partner_id = ${actor.partner.id} and line_id = ${id}::uuid order by seq desc`)
      return {
        ...presentLine(row, request.locale), feedbacks: (await readFeedbacks(tx, actor.partner.id, id)).map(presentFeedback),
        adjustmentHistory: adjustments.map(({ amount, reason, at }) => ({ amount: fromMinor(amount), reason, at: at.toISOString() })),
      }
    },
  })

  mount.read(queryFreezes, {
    permission: 'incentive.view',
    async run({ body }, { tx, actor }) {
      const { rows, total } = await findFreezes(tx, actor, body, sliceOf(body))
      return { items: rows.map(presentFreeze), total }
    },
  })

  mount.read(previewConfirmation, previewRead)
  mount.perform(confirmStatements, confirmOperation)
  mount.perform(createFeedback, feedbackOperation)
}
