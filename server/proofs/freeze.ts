import { randomUUID } from 'node:crypto'
import type { ProofRequired, Summary } from '#contract/proofs.ts'
import { ProofRequired as ProofRequiredSchema } from '#contract/proofs.ts'
import type { Actor } from '#server/auth/actor.ts'
import { json, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { guessesPerProof, openProofsPerPerson, proofLife, resendWait, sendsPerProof } from '#server/limits.ts'
import { preferredOf, waysOf } from './contacts.ts'
import { digestOf } from './digest.ts'

/** What one sensitive request would do: its summary, how it is confirmed, and the digests that a repeat must meet. */
export type Frozen = { summary: Summary; confirmation: Confirmation; inputDigest: string; digest: string }
/** @param needsAuthenticator no code by message will do. */
export type Confirmation = { needs: 'code' | 'click'; needsAuthenticator: boolean }
export type Why = ProofRequired['why']

/** @param input the canonical input. Facts and rows of the summary are bound; notes only surround it. */
export function freezeOperation(input: unknown, summary: Summary, confirmation: Confirmation): Frozen {
  const { notes: _shownOnly, ...facts } = summary
  return { summary, confirmation, inputDigest: digestOf({ operation: summary.operation, input }), digest: digestOf({ operation: summary.operation, input, facts }) }
}

type ProofRow = {
  id: string; state: string; needs: 'code' | 'click'; needs_authenticator: boolean; summary: unknown; guesses: number; sends: number; expires_at: Date; passed_until: Date | null
  code_mac: string | null; code_channel: string | null; code_reference: string | null; code_sent_to: string | null; code_sent_at: Date | null; code_expires_at: Date | null
  isNew: boolean
}

/** Stores the proof, or finds the open one of the same person, session and digest with its guesses spent. A fourth open proof voids the oldest.
 *  @returns what the person is shown, and whether the proof is new. */
export async function openProof(tx: Tx, now: Date, actor: Actor, frozen: Frozen, why: Why): Promise<{ required: ProofRequired; isNew: boolean }> {
  await tx.run(queueOf(actor))
  const [first] = await tx.rows<ProofRow>(upsertion(now, actor, frozen, randomUUID()))
  let row = first
  // One that was asked for under another requirement is no good either, wherever it stands.
  if (row && !isGood(row, now, frozen)) {
    await tx.run(sql`update proofs set state = 'void', code_mac = null where partner_id = ${actor.partner.id} and id = ${row.id}`)
    row = (await tx.rows<ProofRow>(upsertion(now, actor, frozen, randomUUID())))[0]
  }
  if (!row) throw new Error('an open proof vanished while it was made')
  return { required: present(now, row, row.needs === 'code' ? await waysOf(tx, actor) : noWays, why), isNew: row.isNew }
}

/** As openProof, with the commit. @returns the id of the proof if it is new, and what gives the proof after the commit: undefined when the one that was
 *  found is no good, so that it has to be opened with every question. */
export async function openProofLast(tx: Tx, now: Date, actor: Actor, frozen: Frozen, why: Why): Promise<{ id: string; required: () => ProofRequired | undefined }> {
  const ways = frozen.confirmation.needs === 'code' ? await waysOf(tx, actor) : noWays
  const id = randomUUID()
  tx.last(queueOf(actor))
  const rows = tx.last<ProofRow>(upsertion(now, actor, frozen, id))
  return { id, required() {
    const [row] = rows()
    return row && isGood(row, now, frozen) && row.needs === frozen.confirmation.needs ? present(now, row, ways, why) : undefined
  } }
}

const isGood = (row: ProofRow, now: Date, { confirmation }: Frozen): boolean => !isLapsed(row, now) && row.needs_authenticator === confirmation.needsAuthenticator

const isLapsed = ({ state, expires_at, passed_until }: ProofRow, now: Date): boolean =>
  state === 'open' ? expires_at <= now : passed_until !== null && passed_until <= now

/** Of a person's proofs one is made after the other: those that are asked for at once would not see each other, and none would be the fourth. */
const queueOf = ({ partner, member }: Actor): SQL => sql`select pg_advisory_xact_lock(hashtextextended(${`proofs:${partner.id}:${member.id}`}, 0))`

/** One statement, because every money operation begins with it: the person's other proofs that lapsed or are too many become void, and this one exists. */
function upsertion(now: Date, actor: Actor, frozen: Frozen, id: string): SQL {
  const partnerId = actor.partner.id
  // Notes are refreshed freely: they are shown beside what is bound.
  return sql`
    with others as (
      select id, state = 'open' and expires_at <= ${now}::timestamptz or state = 'passed' and passed_until <= ${now}::timestamptz as is_lapsed, created_at
        from proofs where partner_id = ${partnerId} and member_id = ${actor.member.id}::uuid and state in ('open','passed') and not (session_id = ${actor.sessionId}::uuid and digest = ${frozen.digest}::text)
    ), voided as (
      update proofs set state = 'void', code_mac = null where partner_id = ${partnerId} and state in ('open','passed') and id in (
        select id from others where is_lapsed union all (select id from others where not is_lapsed order by created_at desc, id offset ${openProofsPerPerson - 1}::int))
    )
    insert into proofs as p (partner_id, id, member_id, session_id, operation, needs, needs_authenticator, state, summary, input_digest, digest, created_at, expires_at, guesses, sends)
    values (${partnerId}, ${id}, ${actor.member.id}, ${actor.sessionId}, ${frozen.summary.operation}, ${frozen.confirmation.needs}, ${frozen.confirmation.needsAuthenticator}::boolean, 'open', ${json(frozen.summary)}, ${frozen.inputDigest}, ${frozen.digest},
      ${now}, ${new Date(now.getTime() + proofLife * 1000)}, 0, 0)
    on conflict (partner_id, member_id, session_id, digest) where state in ('open','passed') do update set summary = excluded.summary
    returning *, id = ${id}::uuid as "isNew"`
}

type Ways = Omit<Awaited<ReturnType<typeof waysOf>>, 'language'>
const noWays: Ways = { all: [], authenticators: [], last: null }

function present(now: Date, row: ProofRow, { all, authenticators, last }: Ways, why: Why): ProofRequired {
  const { needs_authenticator: needsAuthenticator } = row
  const channels = needsAuthenticator ? [] : all.map(({ channel, masked }) => ({ channel, destination: masked }))
  const isCodeAlive = row.state === 'open' && row.code_mac !== null && row.code_expires_at !== null && row.code_expires_at > now
  return ProofRequiredSchema.parse({
    proofId: row.id, why, needs: row.needs, summary: row.summary,
    channels, authenticators, needsAuthenticator, preferred: preferredOf([...channels.map(({ channel }) => channel), ...authenticators.map(({ kind }) => kind)], last),
    expiresAt: row.expires_at.toISOString(), sendsUsed: row.sends, sendsMax: sendsPerProof, attemptsLeft: guessesPerProof - row.guesses,
    sent: isCodeAlive && row.code_sent_at && row.code_expires_at
      ? { channel: row.code_channel, sentTo: row.code_sent_to, reference: row.code_reference, sentAt: row.code_sent_at.toISOString(), expiresAt: row.code_expires_at.toISOString(),
          resendAt: new Date(row.code_sent_at.getTime() + resendWait * 1000).toISOString() }
      : null,
    passedUntil: row.state === 'passed' ? row.passed_until?.toISOString() ?? null : null,
  })
}
