import { getLogChoices, getLogEntry, queryLog, queryRevealRecords } from '#contract/operation-log.ts'
import type { Mount } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { maskName } from '#server/masking/mask.ts'
import { presentEntry, presentEntryDetail, presentReveal } from './present.ts'
import { findEntries, findReveals, readEntries, readOperators, readReveals, summarizeReveals, type Slice } from './store.ts'

const sliceOf = ({ page, pageSize }: { page: number; pageSize: number }): Slice => ({ offset: (page - 1) * pageSize, limit: pageSize })

/** The operation log and the records of reveals. Everybody with `log.view` sees what they did themselves; more needs more. */
export const mountOperationLog = (mount: Mount): void => {
  mount.read(queryLog, {
    permission: 'log.view',
    async run({ body }, { tx, actor }) {
      const { total, ids } = await findEntries(tx, actor, body.filter, sliceOf(body))
      return { total, items: (await readEntries(tx, actor, ids)).map(presentEntry) }
    },
  })

  mount.read(getLogChoices, {
    permission: 'log.view',
    async run(_input, { tx, actor }) {
      return { operators: (await readOperators(tx, actor)).map(({ id, name }) => ({ id, nameMasked: maskName(name) })) }
    },
  })

  mount.read(getLogEntry, {
    permission: 'log.view',
    async run({ params: { id } }, { tx, actor }) {
      const { ids } = await findEntries(tx, actor, {}, { offset: 0, limit: 1 }, [id])
      const [entry] = await readEntries(tx, actor, ids)
      if (!entry) throw new Refusal('not_found')
      return presentEntryDetail(entry)
    },
  })

  mount.read(queryRevealRecords, {
    permission: 'log.view',
    async run({ body }, { tx, now, actor }) {
      const { total, ids } = await findReveals(tx, actor, body.filter, sliceOf(body))
      const rows = await readReveals(tx, actor, ids)
      const summary = await summarizeReveals(tx, now, actor)
      return { total, items: rows.map(presentReveal), summary: summary.map(({ operatorName, ...figures }) => ({ operatorMasked: maskName(operatorName ?? ''), ...figures })) }
    },
  })
}
