import * as z from 'zod/mini'
import { findBrokenChains } from '#server/audit/verify.ts'
import { migrate } from '#server/db/migrate.ts'
import { sql } from '#server/db/query.ts'
import { installJobs } from '#server/jobs/boss.ts'
import { allPartners } from '#server/jobs/partners.ts'
import { booksClosed, openBooks } from '#server/ledger/books.ts'
import { findMismatches } from '#server/ledger/invariants.ts'
import { command, CommandRefused, type Command } from './command.ts'
import { findPartner, logBy, type Desk } from './desk.ts'
import { Account, shown } from './fields.ts'

const migrateCommand = command({
  name: 'migrate',
  summary: 'Brings the schema and the job queue up to this version, as MIGRATION_DATABASE_URL if that is set.',
  options: {}, isLogged: false, asOwner: true,
  input: z.strictObject({}),
  async run(_input, desk) {
    await migrate(desk.engine)
    await installJobs(desk.engine)
    desk.print('The schema is up to date.')
  },
})

const invariants = command({
  name: 'invariants',
  summary: 'Checks that the books balance and that nobody touched the operation log. Fails when something is wrong.',
  options: { partner: { value: '<account>', hint: 'only this one' } }, isLogged: false,
  input: z.strictObject({ partner: z.optional(Account) }),
  async run({ partner: account }, desk) {
    const ids = account === undefined ? await allPartners(desk.database) : [(await findPartner(desk, account)).id]
    const problems = await findProblems(desk, ids)
    for (const problem of problems) desk.print(problem)
    if (problems.length > 0) throw new CommandRefused(`${problems.length} ${problems.length === 1 ? 'place does' : 'places do'} not agree.`)
    const closed = await desk.database.inGlobal(booksClosed)
    desk.print(`${ids.length} ${ids.length === 1 ? 'partner' : 'partners'}: the books balance and the operation logs are whole.${closed ? ' The books are closed; books:open lets money move again.' : ''}`)
  },
})

const open = command({
  name: 'books:open',
  summary: 'Lets money move again after a mismatch closed the books. Refused while something does not agree.',
  options: {},
  input: z.strictObject({}),
  async run(_input, desk) {
    const ids = await allPartners(desk.database)
    if ((await findProblems(desk, ids)).length > 0) throw new CommandRefused('The books do not balance, or a log was touched: see invariants.')
    await desk.database.inTenant(ids, async (tx, now) => {
      if (!await openBooks(tx, now)) throw new CommandRefused('The books are not closed.')
      for (const id of ids) await logBy(desk, tx, now, id, [{ operation: 'partner.changed', objectKind: 'partner', details: { books: 'open' } }])
    })
    desk.print('Money may move again.')
  },
})

async function findProblems({ database }: Desk, partnerIds: readonly string[]): Promise<string[]> {
  return await database.inTenant(partnerIds, async (tx) => {
    // Everything is read, which takes longer than a request may.
    await tx.run(sql`select set_config('statement_timeout', '0', true)`)
    const mismatches = await findMismatches(tx)
    const chains = await findBrokenChains(tx)
    return [
      ...mismatches.map(({ partnerId, rule, place, difference }) => `partner ${partnerId}: ${rule} of ${place} differs by ${shown(difference)}`),
      ...chains.map(({ partnerId, seq, why }) => `partner ${partnerId}: operation log broken at ${seq} (${why})`),
    ]
  })
}

export const checkCommands: readonly Command[] = [migrateCommand, invariants, open]
