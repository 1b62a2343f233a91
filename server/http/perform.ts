import type { Endpoint, Parsed, Reply } from '#contract/endpoint.ts'
import { refusalStatus } from '#contract/errors.ts'
import { writeLog, writeLogLast } from '#server/audit/write.ts'
import type { Actor } from '#server/auth/actor.ts'
import type { Tx } from '#server/db/transaction.ts'
import { confirmationOf, needsAuthenticator } from '#server/proofs/policy.ts'
import { digestOf } from '#server/proofs/digest.ts'
import { freezeOperation, openProof, type Frozen, type Why } from '#server/proofs/freeze.ts'
import { spendOnRefusal, spendProof, voidProof } from '#server/proofs/spend.ts'
import type { Confirmed, Context, LogFacts, Operation } from './context.ts'
import type { Deps } from './deps.ts'
import { claimKey, findAnswer, hashKey, storeAnswer, type Stored } from './idempotency.ts'
import { toProblem } from './problem.ts'
import { Refusal } from './refusal.ts'

export type Call<E extends Endpoint> = { endpoint: E; route: string; input: Parsed<E>; key: string | undefined; proofId: string | undefined }
export type Outcome = Stored & { isReplay: boolean }

/** A repeat whose proof does not fit. Thrown inside the transaction so that all of it is rolled back; the new proof is written in one of its own. */
export class ProofMissing extends Error {
  readonly actor: Actor
  readonly frozen: Frozen
  readonly why: Why
  constructor(actor: Actor, frozen: Frozen, why: Why) {
    super('proof required')
    this.actor = actor
    this.frozen = frozen
    this.why = why
  }
}

/** Executes a change inside the caller's transaction: request key, rules, proof, effect, log row and stored answer commit together. */
export async function perform<E extends Endpoint, P>(call: Call<E>, operation: Operation<E, P>, context: Context): Promise<Outcome> {
  const { endpoint, input, key, proofId, route } = call
  const { tx, now, actor } = context
  const canonical = operation.canonical?.(input) ?? input
  // Without a proof in hand the most that comes of a sensitive request is a proof, and that leaves the key free.
  const isFirst = endpoint.proof !== undefined && proofId === undefined
  const take = isFirst ? findAnswer : claimKey
  // Sent together. The key's answer comes first and has the last word: who asks again hears what was answered, whatever the rules say by now.
  const [taken, prepared] = await Promise.allSettled([
    key === undefined ? undefined : take(tx, now, actor, route, key, digestOf({ route, input: canonical })),
    operation.prepare(input, context),
  ])
  if (taken.status === 'rejected') throw taken.reason
  if (taken.value) return { ...replayed(taken.value, endpoint, operation, context), isReplay: true }
  const needs = endpoint.proof ? confirmationOf(endpoint.proof, actor.partner) : undefined
  if (endpoint.proof && needs === undefined) throw new Refusal('no_permission', { sentence: 'no_operation' })
  if (prepared.status === 'rejected') return await refuseRepeat(prepared.reason, call, operation, context, canonical)
  let confirmed: Confirmed = { proofId: null, confirmedBy: 'none', keyHash: key === undefined ? null : hashKey(key) }
  if (needs !== undefined && endpoint.proof) {
    if (!operation.summarize) throw new Error(`${endpoint.path} declares a proof and has no summary`)
    const frozen = freezeOperation({ route, input: canonical }, operation.summarize(prepared.value, input, context), { needs, needsAuthenticator: needsAuthenticator(endpoint.proof, actor.partner) })
    if (proofId === undefined) {
      // Nothing has moved. A proof that a crash takes back is asked for anew, and sending or using one flushes what came before it.
      tx.late()
      return { ...asAnswer(await freeze(tx, now, actor, frozen, 'needed', context.request), context), isReplay: false }
    }
    const spent = await spendProof(tx, now, actor, proofId, frozen)
    if (typeof spent === 'string') throw new ProofMissing(actor, frozen, spent)
    confirmed = { ...confirmed, proofId, confirmedBy: spent.confirmedBy }
  }
  return await execute(call, operation, context, prepared.value, confirmed)
}

async function execute<E extends Endpoint, P>({ endpoint, input, key, route }: Call<E>, operation: Operation<E, P>, context: Context, prepared: P, confirmed: Confirmed): Promise<Outcome> {
  const { tx, now, actor, request } = context
  let answer: Stored
  let stored: Stored
  let entries: LogFacts[]
  try {
    const reply = await tx.savepoint(() => operation.apply(prepared, input, { ...context, ...confirmed }))
    answer = { status: 200, body: JSON.stringify(endpoint.response.parse(reply)) }
    stored = operation.kept ? { status: 200, body: JSON.stringify(endpoint.response.parse(operation.kept.hide(reply))) } : answer
    const facts = operation.log(reply, prepared, input)
    entries = Array.isArray(facts) ? facts : [facts]
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    answer = asAnswer(error, context)
    stored = answer
    entries = refusedEntry(operation, error)
  }
  if (key !== undefined) storeAnswer(tx, actor, route, key, stored)
  writeLogLast(tx, now, author(actor), request, entries.map((entry) => ({ confirmedBy: confirmed.confirmedBy, ...entry })))
  return { ...answer, isReplay: false }
}

/** The stored answer, with what was kept out of the store. */
function replayed<E extends Endpoint, P>(stored: Stored, endpoint: E, { kept }: Operation<E, P>, context: Context): Stored {
  if (!kept || stored.status !== 200) return stored
  // oxlint-disable-next-line typescript/consistent-type-assertions -- what this endpoint stored was parsed by the same schema
  const reply = kept.show(endpoint.response.parse(JSON.parse(stored.body)) as Reply<E>, context)
  return { status: 200, body: JSON.stringify(endpoint.response.parse(reply)) }
}

/** A rule refused. At a confirmed repeat that is final: the proof is spent, the refusal stored. Otherwise the corrected request may come again. */
async function refuseRepeat<E extends Endpoint, P>(error: unknown, { key, proofId, route, endpoint }: Call<E>, operation: Operation<E, P>, context: Context, canonical: unknown): Promise<Outcome> {
  if (!(error instanceof Refusal) || proofId === undefined || !endpoint.proof) throw error
  const { tx, now, actor, request } = context
  const spent = await spendOnRefusal(tx, now, actor, proofId, digestOf({ operation: endpoint.proof, input: { route, input: canonical } }))
  if (!spent) throw error
  const answer = asAnswer(error, context)
  if (key !== undefined) storeAnswer(tx, actor, route, key, answer)
  writeLogLast(tx, now, author(actor), request, refusedEntry(operation, error).map((entry) => ({ ...entry, confirmedBy: spent.confirmedBy })))
  return { ...answer, isReplay: false }
}

/** The transaction after a repeat whose proof did not fit: what was tried is undone, and the operation is frozen anew. Nothing has moved. */
export async function requireProof(deps: Deps, missing: ProofMissing, call: { proofId: string | undefined }, request: Context['request']): Promise<Refusal> {
  const { actor, frozen, why } = missing
  return await deps.database.inTenant(actor.partner.id, async (tx, now) => {
    if (why === 'changed' && call.proofId !== undefined) {
      await voidProof(tx, actor, call.proofId)
      await writeLog(tx, now, author(actor), request, [{ operation: 'proof.void', objectKind: 'proof', objectNumber: call.proofId, result: 'refused', details: { reason: 'changed' } }])
    }
    return await freeze(tx, now, actor, frozen, why, request)
  })
}

/** @returns the refusal that asks for the proof and says what was frozen. */
async function freeze(tx: Tx, now: Date, actor: Actor, frozen: Frozen, why: Why, request: Context['request']): Promise<Refusal> {
  const { required, isNew } = await openProof(tx, now, actor, frozen, why)
  if (isNew) {
    const { summary } = frozen
    writeLogLast(tx, now, author(actor), request, [{
      operation: 'proof.frozen', objectKind: 'proof', objectNumber: required.proofId,
      details: { operation: summary.operation, total: summary.total, count: summary.count, needs: frozen.confirmation.needs, ...(frozen.confirmation.needsAuthenticator && { authenticator: true }), digest: frozen.digest.slice(0, 16) },
    }])
  }
  return new Refusal('proof_required', { sentence: `proof_${why === 'locked' ? 'needed' : why}`, proof: required })
}

/** A refusal that rolled everything back is logged on its own, where the operation is one that people ask about later. */
export async function logRefusal<E extends Endpoint, P>(deps: Deps, actor: Actor, operation: Operation<E, P>, refusal: Refusal, request: Context['request']): Promise<void> {
  const entries = refusal.code === 'no_permission' ? [{ operation: 'access.refused' as const, result: 'refused' as const, details: { permission: operation.permission } }] : refusedEntry(operation, refusal)
  if (entries.length > 0) await deps.database.inTenant(actor.partner.id, (tx, now) => writeLog(tx, now, author(actor), request, entries))
}

function asAnswer(refusal: Refusal, { request, actor }: Context): Stored {
  return { status: refusalStatus[refusal.code], body: JSON.stringify(toProblem(refusal, request.id, request.locale, actor.partner.timeZone)) }
}

const refusedEntry = <E extends Endpoint, P>(operation: Operation<E, P>, refusal: Refusal): LogFacts[] =>
  operation.refused ? [{ operation: operation.refused, result: 'refused', details: { reason: refusal.code, ...refusal.more.facts } }] : []
const author = (actor: Actor) => ({ partnerId: actor.partner.id, memberId: actor.member.id, name: actor.member.name, source: 'console' as const })
