import * as z from 'zod/mini'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import { booksClosed } from '#server/ledger/books.ts'
import { digestOf } from '#server/proofs/digest.ts'
import { CommandRefused } from './command.ts'
import { change, logBy, type Changed, type Desk } from './desk.ts'

/** Options of every command that moves amounts. */
export const postingOptions = {
  reference: { value: '<number>', hint: "the vendor's own number of this posting; sent again, it answers what was done and posts nothing" },
  'while-closed': { hint: 'posts although the books are closed, to put them right' },
}
export const PostingInput = {
  reference: z.optional(z.string().check(z.trim(), z.regex(/^[\w./:-]{1,64}$/, 'has 1 to 64 letters, digits and . / : - _ without blanks'))),
  'while-closed': z.optional(z.boolean()),
}
type Given = { reference?: string | undefined; 'while-closed'?: boolean | undefined; [option: string]: unknown }

/** One transaction of a partner that moves amounts, like `change`; under a reference it happens once, however often and from wherever it is sent.
 *  @param posting.given every option of the command. Refuses a reference that stands for something else, and with busy while the books are closed, unless the operator says otherwise. */
export async function postOnce(desk: Desk, partnerId: string, posting: { command: string; given: Given }, work: (tx: Tx, now: Date) => Promise<Changed>): Promise<void> {
  const { reference, 'while-closed': whileClosed = false } = posting.given
  if (reference === undefined) {
    await change(desk, partnerId, async (tx, now) => {
      await admitPosting(tx, whileClosed)
      return marked(await work(tx, now), { whileClosed })
    })
    return
  }
  const say = await desk.database.inTenant(partnerId, async (tx, now) => {
    const done = await takeReference(tx, now, partnerId, { ...posting, reference })
    if (done !== undefined) return done
    await admitPosting(tx, whileClosed)
    const { log, say: told } = marked(await work(tx, now), { whileClosed, reference })
    await logBy(desk, tx, now, partnerId, log)
    await tx.run(sql`update vendor_references set said = ${told} where partner_id = ${partnerId} and reference = ${reference}`)
    return told
  })
  desk.print(say)
}

/** Refuses with busy while the books are closed, unless the operator says that it puts them right. */
export async function admitPosting(tx: Tx, whileClosed: boolean): Promise<void> {
  if (!whileClosed && await booksClosed(tx)) throw new Refusal('busy', { sentence: 'books_closed' })
}

/** Whoever comes second waits here for the first. @returns what was said then; undefined for the first. */
async function takeReference(tx: Tx, now: Date, partnerId: string, { command, given, reference }: { command: string; given: Given; reference: string }): Promise<string | undefined> {
  const { reference: _reference, 'while-closed': _whileClosed, ...asked } = given
  const digest = digestOf({ command, asked: Object.fromEntries(Object.entries(asked).map(([option, value]) => [option, typeof value === 'bigint' ? value.toString() : value])) })
  if (await tx.run(sql`insert into vendor_references (partner_id, reference, command, digest, said, at) values (${partnerId}, ${reference}, ${command}, ${digest}, '', ${now}) on conflict do nothing`) > 0) return undefined
  const [first] = await tx.rows<{ command: string; digest: string; said: string; at: Date }>(sql`select command, digest, said, at from vendor_references where partner_id = ${partnerId} and reference = ${reference}`)
  if (first?.digest !== digest) throw new CommandRefused(`--reference: ${reference} stands for another ${first?.command ?? 'posting'} of ${first?.at.toISOString() ?? 'this moment'}: ${first?.said ?? ''}`)
  return `Done before, on ${first.at.toISOString()}; nothing was posted now. ${first.said}`
}

const marked = ({ log, say }: Changed, { whileClosed, reference }: { whileClosed: boolean; reference?: string }): Changed =>
  ({ say, log: log.map((entry) => ({ ...entry, details: { ...entry.details, ...(reference !== undefined && { vendorReference: reference }), ...(whileClosed && { whileClosed }) } })) })
