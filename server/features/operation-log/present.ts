import type { Reply } from '#contract/endpoint.ts'
import { Amount, fromMinor } from '#contract/money.ts'
import type { getLogEntry, queryLog, queryRevealRecords } from '#contract/operation-log.ts'
import { maskCompany, maskName } from '#server/masking/mask.ts'
import type { LogRecord, RevealRecordRow } from './store.ts'

/** @returns one row of the log. The operator's name is stored masked; the customer's is masked here. */
export const presentEntry = (row: LogRecord): Reply<typeof queryLog>['items'][number] => ({
  id: row.id, at: row.at.toISOString(), operatorMasked: maskName(row.operatorName), operation: row.operation, objectKind: row.objectKind, objectNumber: row.objectNumber,
  customer: row.customerNumber === null ? null : { id: row.customerId, nameMasked: maskCompany(row.customerName ?? ''), number: row.customerNumber },
  amount: row.amount === null ? null : Amount.safeParse(fromMinor(row.amount)).data ?? null,
  result: row.result, confirmedBy: row.confirmedBy, source: row.source, requestId: row.requestId,
})

/** @returns the entry with everything kept about it. Labels are keys that the console translates; facts without a value are left out. */
export const presentEntryDetail = (row: LogRecord): Reply<typeof getLogEntry> => ({
  ...presentEntry(row), address: row.address, agent: row.agent,
  details: Object.entries(row.details).flatMap(([label, value]) => (value === null ? [] : [{ label, value: typeof value === 'object' ? JSON.stringify(value) : String(value) }])),
})

export const presentReveal = (row: RevealRecordRow): Reply<typeof queryRevealRecords>['items'][number] => ({
  id: row.id, at: row.at.toISOString(), operatorMasked: maskName(row.operatorName ?? ''),
  subject: { kind: row.subjectKind, id: row.subjectId, nameMasked: row.subjectKind === 'member' || row.subjectKind === 'specialist' ? maskName(row.subjectName ?? '') : maskCompany(row.subjectName ?? ''), number: row.subjectNumber }, field: row.field, page: row.page,
})
