import { writeLog } from '#server/audit/write.ts'
import { sql } from '#server/db/query.ts'
import type { Database } from '#server/db/transaction.ts'
import { closeBooks } from '#server/ledger/books.ts'
import { findMismatches } from '#server/ledger/invariants.ts'
import { allPartners } from './partners.ts'

const system = { id: 'job', address: '', agent: '', locale: 'zh-CN' } as const

/** Checks the books of all partners. One mismatch closes them: money operations are refused until an operator opens them again.
 *  @param onError told once, when the books are closed. */
export async function checkLedger(database: Database, onError: (error: Error) => void): Promise<void> {
  const partners = await allPartners(database)
  if (partners.length === 0) return
  const mismatches = await database.inTenant(partners, async (tx) => {
    // Reading all entries of a large installation takes longer than a request may.
    await tx.run(sql`select set_config('statement_timeout', '120s', true)`)
    return await findMismatches(tx)
  })
  if (mismatches.length === 0) return
  const closedNow = await database.inTenant(partners, async (tx, now) => {
    if (!(await closeBooks(tx, now))) return false
    for (const { partnerId, rule, place, difference } of mismatches) {
      // oxlint-disable-next-line no-await-in-loop -- at most a hundred rows, on the worst day of the installation
      await writeLog(tx, now, { partnerId, memberId: null, name: null, source: 'system' }, system, [{
        operation: 'ledger.mismatch', objectKind: rule === 'moves' ? 'lot' : 'account', objectNumber: place, result: 'failed', details: { rule, place, difference: difference.toString() },
      }])
    }
    return true
  })
  if (closedNow) onError(new Error(`the books do not balance in ${mismatches.length} places; money operations are stopped`))
}
