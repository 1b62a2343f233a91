import { readFileSync } from 'node:fs'
import type pg from 'pg'
import * as z from 'zod/mini'
import type { Database } from '#server/db/transaction.ts'

/** One operation as the functions take it; the amount in minor units. */
export const ByHand = z.object({ kind: z.enum(['allocate', 'reclaim']), partnerId: z.string(), memberId: z.string(), sessionId: z.string(), customerId: z.string(), accountId: z.string(), sourceId: z.string(), amount: z.number(), key: z.string() })
export type ByHand = z.infer<typeof ByHand>

/** Makes the functions of by-hand.sql in the database. */
export async function installByHand(database: Database): Promise<void> {
  await database.engine.script(readFileSync(new URL('by-hand.sql', import.meta.url), 'utf8'))
}

/** The role and the fence of the product, for as long as the connection lives. */
export async function raiseFence(connection: pg.Client, partnerId: string): Promise<void> {
  await connection.query(`set role app; set app.partner_ids = '{${z.uuid().parse(partnerId)}}'`)
}

const who = ({ partnerId, memberId, sessionId }: ByHand) => [partnerId, memberId, sessionId]

/** @returns the id of a proof for the operation. */
export async function callFreeze(connection: pg.Client, call: ByHand): Promise<string> {
  const { rows: [frozen] } = await connection.query<{ proof: string }>({ name: 'freeze', text: 'select by_hand_freeze($1, $2, $3, $4, $5, $6) as proof', values: [...who(call), `funds.${call.kind}`, call.customerId, call.amount] })
  if (!frozen) throw new Error('nothing was frozen')
  return frozen.proof
}

/** Moves the money. @param proof of callFreeze; without one the function makes it as well. @returns the number of the operation. */
export async function callMove(connection: pg.Client, call: ByHand, proof: string | null): Promise<string> {
  const { rows: [done] } = await connection.query<{ number: string }>({
    name: call.kind, text: `select by_hand_${call.kind}($1, $2, $3, $4, $5, $6, $7, $8, $9) as number`,
    values: [...who(call), call.customerId, call.accountId, call.sourceId, call.amount, call.key, proof],
  })
  if (!done) throw new Error('nothing was moved')
  return done.number
}
