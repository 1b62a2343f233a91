import { randomUUID } from 'node:crypto'
import type { LogSource } from '#contract/operation-log.ts'
import { json, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { LogFacts, RequestFacts } from '#server/http/context.ts'
import { maskName } from '#server/masking/mask.ts'

export type Author = { partnerId: string; memberId: string | null; /** Clear name; only its mask is stored. */ name: string | null; source: LogSource }

/** Appends to the operation log, in the transaction of the effect: without the row there is no effect. A trigger chains the rows.
 *  @param entries what happened, in order. Holds masked values only. */
export async function writeLog(tx: Tx, now: Date, author: Author, request: RequestFacts, entries: readonly LogFacts[]): Promise<void> {
  if (entries.length > 0) await tx.run(logStatement(now, author, request, entries))
}

/** As writeLog, with the commit: from this row to the commit all of the partner's operations wait for this one.
 *  @param condition without which nothing is written, for what is decided with the commit as well. */
export function writeLogLast(tx: Tx, now: Date, author: Author, request: RequestFacts, entries: readonly LogFacts[], condition?: SQL): void {
  if (entries.length > 0) tx.last(logStatement(now, author, request, entries, condition))
}

function logStatement(now: Date, author: Author, request: RequestFacts, entries: readonly LogFacts[], condition?: SQL): SQL {
  const rows = entries.map((entry) => sql`(${author.partnerId}::uuid, ${randomUUID()}::uuid, ${now}::timestamptz, ${author.memberId}::uuid, ${author.name === null ? null : maskName(author.name)}::text,
    ${entry.operation}::text, ${entry.objectKind ?? null}::text, ${entry.objectNumber ?? null}::text, ${entry.customerId ?? null}::uuid, ${entry.amount ?? null}::bigint,
    ${entry.result ?? 'success'}::text, ${entry.confirmedBy ?? 'none'}::text, ${author.source}::text, ${request.id}::text, ${request.address}::text, ${request.agent}::text, ${json(entry.details ?? {})})`)
  return sql`insert into log_entries (partner_id, id, at, operator_id, operator_name, operation, object_kind, object_number, customer_id, amount, result, confirmed_by, source, request_id, address, agent, details)
    ${condition ? sql`select * from (values ${sql.join(rows, sql`, `)}) v where ${condition}` : sql`values ${sql.join(rows, sql`, `)}`}`
}
