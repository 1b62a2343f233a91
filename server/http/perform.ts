import type { Endpoint, Parsed, Reply } from '#contract/endpoint.ts'
import { refusalStatus } from '#contract/errors.ts'
import type { ProofRequired } from '#contract/proofs.ts'
import { writeLog, writeLogLast } from '#server/audit/write.ts'
import type { Actor } from '#server/auth/actor.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { confirmationOf, needsAuthenticator } from '#server/proofs/policy.ts'
import { digestOf } from '#server/proofs/digest.ts'
import { freezeOperation, openProof, openProofLast, type Frozen, type Why } from '#server/proofs/freeze.ts'
import { foreseeSpent, spendLast, spendOnRefusal, spendProof, voidProof, type Spent } from '#server/proofs/spend.ts'
import type { Confirmed, Context, Early, LogFacts, Operation } from './context.ts'
import type { Deps } from './deps.ts'
import { claimKey, claimWithAnswer, findAnswer, hashKey, storeAnswer, type Stored } from './idempotency.ts'
import { toProblem } from './problem.ts'
import { Refusal } from './refusal.ts'

export type Call<E extends Endpoint> = { endpoint: E; route: string; input: Parsed<E>; key: string | undefined; proofId: string | undefined; /** Whether the effect may be sent without a question. */ mayForesee: boolean }
export type Outcome = Stored & { isReplay: boolean }
/** To be asked once the transaction is committed, where the answer is made of what the commit brought. */
export type Later = () => Outcome

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

/** What was asked before anybody had answered: what stands under the request key, how the proof was confirmed, and what the operation looks at. */
type Ahead<L> = { taken: Promise<Stored | undefined>; seen: Promise<Spent | undefined> | undefined; looked: Promise<L> | undefined }

const canonicalOf = <E extends Endpoint, P, L>({ input }: Call<E>, operation: Operation<E, P, L>): unknown => operation.canonical?.(input) ?? input
const inputDigestOf = <E extends Endpoint, P, L>(call: Call<E>, operation: Operation<E, P, L>): string => digestOf({ route: call.route, input: canonicalOf(call, operation) })

/** Sends what can be asked before the session is answered. @param early for the caller as of the last request. Throws nothing: what fails is told to whoever asks. */
export function askAhead<E extends Endpoint, P, L>(call: Call<E>, operation: Operation<E, P, L>, early: Early): Ahead<L> {
  const { key, proofId, route } = call
  const { tx, actor } = early
  const taken = key === undefined ? Promise.resolve(undefined) : findAnswer(tx, actor, route, key, inputDigestOf(call, operation))
  const seen = proofId === undefined ? undefined : foreseeSpent(tx, actor, proofId)
  const looked = operation.look?.(call.input, early)
  for (const asked of [taken, seen, looked]) asked?.catch(() => undefined)
  return { taken, seen, looked }
}

/** Executes a change inside the caller's transaction: request key, rules, proof, effect, log row and stored answer commit together.
 *  @param ahead what was asked already, for the same caller. @returns what gives the outcome after the commit. */
export async function perform<E extends Endpoint, P, L>(call: Call<E>, operation: Operation<E, P, L>, context: Context, ahead?: Ahead<L>): Promise<Later> {
  const { endpoint, input, key, proofId, route } = call
  const { tx, now, actor } = context
  // Without a proof in hand the most that comes of a sensitive request is a proof, and that leaves the key free. What is foreseen takes it at the end.
  const foresees = call.mayForesee && proofId !== undefined && operation.foresee !== undefined
  const leavesKey = endpoint.proof !== undefined && (proofId === undefined || foresees)
  const early = { ...context, isRepeat: proofId !== undefined }
  const { taken: found, seen, looked } = ahead ?? (leavesKey ? askAhead(call, operation, early) : { taken: undefined, seen: undefined, looked: undefined })
  const looks = looked ?? operation.look?.(input, early)
  looks?.catch(() => undefined)
  // Sent together. The key's answer comes first and has the last word: who asks again hears what was answered, whatever the rules say by now.
  const [taken, prepared] = await Promise.allSettled([
    leavesKey || key === undefined ? found : claimKey(tx, now, actor, route, key, inputDigestOf(call, operation)),
    operation.prepare(input, context, looks),
  ])
  if (taken.status === 'rejected') throw taken.reason
  if (taken.value) {
    const outcome = { ...replayed(taken.value, endpoint, operation, context), isReplay: true }
    return () => outcome
  }
  const needs = endpoint.proof ? confirmationOf(endpoint.proof, actor.partner) : undefined
  if (endpoint.proof && needs === undefined) throw new Refusal('no_permission', { sentence: 'no_operation' })
  if (prepared.status === 'rejected') {
    if (foresees && prepared.reason instanceof Refusal) await claimAfterAll(call, operation, context)
    return await refuseRepeat(prepared.reason, call, operation, context)
  }
  let confirmed: Confirmed = { proofId: null, confirmedBy: 'none', keyHash: key === undefined ? null : hashKey(key) }
  if (needs !== undefined && endpoint.proof) {
    if (!operation.summarize) throw new Error(`${endpoint.path} declares a proof and has no summary`)
    const frozen = freezeOperation({ route, input: canonicalOf(call, operation) }, operation.summarize(prepared.value, input, context), { needs, needsAuthenticator: needsAuthenticator(endpoint.proof, actor.partner) })
    if (proofId === undefined) {
      // Nothing has moved. A proof that a crash takes back is asked for anew, and sending or using one flushes what came before it.
      tx.late()
      return await freezeLast(frozen, 'needed', context)
    }
    if (foresees) {
      const done = await foresee(call, operation, context, prepared.value, frozen, await seen)
      if (done) return done
      await claimAfterAll(call, operation, context)
    }
    const spent = await spendProof(tx, now, actor, proofId, frozen)
    if (typeof spent === 'string') throw new ProofMissing(actor, frozen, spent)
    confirmed = { ...confirmed, proofId, confirmedBy: spent.confirmedBy }
  }
  return await execute(call, operation, context, prepared.value, confirmed)
}

/** @returns the entries with how they were confirmed, and with the proof whose own entries tell the rest: what was frozen, sent, tried and checked. */
const confirmedEntries = (entries: readonly LogFacts[], { confirmedBy, proofId }: Pick<Confirmed, 'confirmedBy' | 'proofId'>): LogFacts[] =>
  entries.map((entry) => ({ confirmedBy, ...entry, ...(proofId !== null && { details: { ...entry.details, proof: proofId } }) }))

/** Nothing could be foreseen, so the key is taken before anything else. A rival that was faster is answered for when the request runs anew. */
async function claimAfterAll<E extends Endpoint, P, L>(call: Call<E>, operation: Operation<E, P, L>, { tx, now, actor }: Context): Promise<void> {
  if (call.key !== undefined && await claimKey(tx, now, actor, call.route, call.key, inputDigestOf(call, operation))) throw new Unforeseen('a rival took the request key')
}

/** Says that the request has to run anew, with every question. Nothing has happened. */
export class Unforeseen extends Error {}

/** The effect with the commit. @returns undefined when the operation or the proof does not allow it; nothing was sent then. */
async function foresee<E extends Endpoint, P, L>(call: Call<E>, operation: Operation<E, P, L>, context: Context, prepared: P, frozen: Frozen, seen: Spent | undefined): Promise<Later | undefined> {
  const { endpoint, input, key, proofId, route } = call
  const { tx, now, actor, request } = context
  if (proofId === undefined || seen === undefined || key === undefined || operation.kept) return undefined
  const confirmed: Confirmed = { proofId, confirmedBy: seen.confirmedBy, keyHash: hashKey(key) }
  spendLast(tx, now, actor, proofId, frozen, seen)
  const reply = operation.foresee?.(prepared, input, { ...context, ...confirmed })
  if (reply === undefined) throw new Unforeseen('the operation has a question')
  const answer = { status: 200, body: JSON.stringify(endpoint.response.parse(reply)), isReplay: false }
  claimWithAnswer(tx, now, actor, route, key, inputDigestOf(call, operation), answer)
  const facts = operation.log(reply, prepared, input)
  writeLogLast(tx, now, author(actor), request, confirmedEntries([facts].flat(), confirmed))
  return () => answer
}

async function execute<E extends Endpoint, P, L>({ endpoint, input, key, route }: Call<E>, operation: Operation<E, P, L>, context: Context, prepared: P, confirmed: Confirmed): Promise<Later> {
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
  writeLogLast(tx, now, author(actor), request, confirmedEntries(entries, confirmed))
  return () => ({ ...answer, isReplay: false })
}

/** The stored answer, with what was kept out of the store. */
function replayed<E extends Endpoint, P, L>(stored: Stored, endpoint: E, { kept }: Operation<E, P, L>, context: Context): Stored {
  if (!kept || stored.status !== 200) return stored
  // oxlint-disable-next-line typescript/consistent-type-assertions -- what this endpoint stored was parsed by the same schema
  const reply = kept.show(endpoint.response.parse(JSON.parse(stored.body)) as Reply<E>, context)
  return { status: 200, body: JSON.stringify(endpoint.response.parse(reply)) }
}

/** A rule refused. At a confirmed repeat that is final: the proof is spent, the refusal stored. Otherwise the corrected request may come again. */
async function refuseRepeat<E extends Endpoint, P, L>(error: unknown, call: Call<E>, operation: Operation<E, P, L>, context: Context): Promise<Later> {
  const { key, proofId, route, endpoint } = call
  if (!(error instanceof Refusal) || proofId === undefined || !endpoint.proof) throw error
  const { tx, now, actor, request } = context
  const spent = await spendOnRefusal(tx, now, actor, proofId, digestOf({ operation: endpoint.proof, input: { route, input: canonicalOf(call, operation) } }))
  if (!spent) throw error
  const answer = asAnswer(error, context)
  if (key !== undefined) storeAnswer(tx, actor, route, key, answer)
  writeLogLast(tx, now, author(actor), request, confirmedEntries(refusedEntry(operation, error), { confirmedBy: spent.confirmedBy, proofId }))
  return () => ({ ...answer, isReplay: false })
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

/** As freeze, with the commit. */
async function freezeLast(frozen: Frozen, why: Why, context: Context): Promise<Later> {
  const { tx, now, actor, request } = context
  const { id, required } = await openProofLast(tx, now, actor, frozen, why)
  writeLogLast(tx, now, author(actor), request, [frozenEntry(id, frozen)], sql`exists (select 1 from proofs where partner_id = ${actor.partner.id} and id = ${id})`)
  return () => {
    const proof = required()
    if (!proof) throw new ProofMissing(actor, frozen, why)
    return { ...asAnswer(requires(proof, why), context), isReplay: false }
  }
}

/** @returns the refusal that asks for the proof and says what was frozen. */
async function freeze(tx: Tx, now: Date, actor: Actor, frozen: Frozen, why: Why, request: Context['request']): Promise<Refusal> {
  const { required, isNew } = await openProof(tx, now, actor, frozen, why)
  if (isNew) writeLogLast(tx, now, author(actor), request, [frozenEntry(required.proofId, frozen)])
  return requires(required, why)
}

const requires = (proof: ProofRequired, why: Why): Refusal => new Refusal('proof_required', { sentence: `proof_${why === 'locked' ? 'needed' : why}`, proof })
const frozenEntry = (proofId: string, { summary, confirmation, digest }: Frozen): LogFacts => ({
  operation: 'proof.frozen', objectKind: 'proof', objectNumber: proofId,
  details: { operation: summary.operation, total: summary.total, count: summary.count, needs: confirmation.needs, ...(confirmation.needsAuthenticator && { authenticator: true }), digest: digest.slice(0, 16) },
})

/** A refusal that rolled everything back is logged on its own, where the operation is one that people ask about later. */
export async function logRefusal<E extends Endpoint, P, L>(deps: Deps, actor: Actor, operation: Operation<E, P, L>, refusal: Refusal, request: Context['request']): Promise<void> {
  const entries = refusal.code === 'no_permission' ? [{ operation: 'access.refused' as const, result: 'refused' as const, details: { permission: operation.permission } }] : refusedEntry(operation, refusal)
  if (entries.length > 0) await deps.database.inTenant(actor.partner.id, (tx, now) => writeLog(tx, now, author(actor), request, entries))
}

function asAnswer(refusal: Refusal, { request, actor }: Context): Stored {
  return { status: refusalStatus[refusal.code], body: JSON.stringify(toProblem(refusal, request.id, request.locale, actor.partner.timeZone)) }
}

const refusedEntry = <E extends Endpoint, P, L>(operation: Operation<E, P, L>, refusal: Refusal): LogFacts[] =>
  operation.refused ? [{ operation: operation.refused, result: 'refused', details: { reason: refusal.code, ...refusal.more.facts } }] : []
const author = (actor: Actor) => ({ partnerId: actor.partner.id, memberId: actor.member.id, name: actor.member.name, source: 'console' as const })
