import { writeLog } from '#server/audit/write.ts'
import { takeLimit } from '#server/db/limit.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { RequestFacts } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { signInFailures } from '#server/limits.ts'
import { endPrevious, enter, type Entered } from './entering.ts'
import { network } from './network.ts'
import { giveBack } from './sign-in.ts'
import { isAnswerTo, openHandshake, takeHandshake, type Handshake } from './unified-handshake.ts'
import { ProviderFailed, type UnifiedProvider } from './unified-provider.ts'

/** Why somebody comes back to the sign-in page; the page has a sentence for each. */
export type UnifiedTrouble = 'unlinked' | 'cancelled' | 'expired' | 'disabled' | 'unreachable' | 'refused' | 'limit'
export type Returned = { entered: Entered; next: string } | { trouble: UnifiedTrouble; /** Whether the browser forgets the handshake: an answer to another one does not spoil it. */ isOver: boolean; next?: string }

type Came = { /** With its question mark. */ search: string; cookie: string | undefined; request: RequestFacts; /** Of the session that the browser still holds. */ previous: string | undefined }

/** Takes what the provider's answer says, once, from the browser that asked. Failures count for the network, as those of passwords do. */
export async function returnFrom(deps: Deps, provider: UnifiedProvider, { search, cookie, request, previous }: Came): Promise<Returned> {
  const begun = await deps.database.inGlobal(async (tx, now) => await beginReturn(tx, now, search, cookie, request))
  if ('trouble' in begun) return begun
  const { handshake, taken } = begun
  let subject: string
  try {
    subject = await provider.finish(search, handshake)
  } catch (error) {
    if (!(error instanceof ProviderFailed)) throw error
    deps.log.warn({ requestId: request.id, reason: error.message }, `unified sign-in: ${error.trouble}`)
    return { trouble: error.trouble, isOver: true, next: handshake.next }
  }
  const entered = await enterAs(deps, provider.issuer, subject, request, taken)
  if (typeof entered === 'string') {
    if (entered === 'unlinked') deps.log.warn({ requestId: request.id }, 'unified sign-in of somebody who is not linked')
    return { trouble: entered, isOver: true, next: handshake.next }
  }
  if (previous !== undefined) await endPrevious(deps, previous, request)
  return { entered, next: handshake.next }
}

async function beginReturn(tx: Tx, now: Date, search: string, cookie: string | undefined, request: RequestFacts): Promise<{ handshake: Handshake; taken: Date } | { trouble: UnifiedTrouble; isOver: boolean }> {
  const { window, perAddress } = signInFailures
  if (await takeLimit(tx, now, 'sign-in.address', network(request.address), window, perAddress)) return { trouble: 'limit', isOver: false }
  const handshake = openHandshake(now, cookie)
  const [state, ...more] = new URLSearchParams(search).getAll('state')
  if (!handshake || state === undefined || more.length > 0 || !isAnswerTo(handshake, state)) return { trouble: 'expired', isOver: false }
  return await takeHandshake(tx, now, handshake) ? { handshake, taken: now } : { trouble: 'expired', isOver: true }
}

/** The member's row is held, so that of this and the end of a link, or of the member, one waits for the other. */
async function enterAs(deps: Deps, issuer: string, subject: string, request: RequestFacts, taken: Date): Promise<Entered | UnifiedTrouble> {
  const partnerId = await deps.database.inGlobal(async (tx) => (await tx.rows<{ partnerId: string }>(sql`select partner_id as "partnerId" from identities where issuer = ${issuer} and subject = ${subject}`))[0]?.partnerId)
  if (partnerId === undefined) return 'unlinked'
  return await deps.database.inTenant(partnerId, async (tx, now) => {
    const [person] = await tx.rows<{ id: string; name: string; state: string }>(sql`select m.id, m.name, m.state from members m
      where m.partner_id = ${partnerId} and m.id = (select member_id from identities where issuer = ${issuer} and subject = ${subject} and partner_id = ${partnerId}) for no key update`)
    const isLinked = await tx.rows(sql`select 1 from identities where issuer = ${issuer} and subject = ${subject} and partner_id = ${partnerId} and member_id = ${person?.id ?? null}::uuid`)
    if (!person || isLinked.length === 0) return 'unlinked'
    const who = { partnerId, memberId: person.id, name: person.name }
    if (person.state !== 'ACTIVE') {
      await writeLog(tx, now, { ...who, source: 'console' }, request, [{ operation: 'session.failed', objectKind: 'session', result: 'refused', details: { how: 'unified' } }])
      return 'disabled'
    }
    await giveBack(tx, '', request.address, taken)
    return await enter(tx, now, deps, who, request, 'unified') ?? 'disabled'
  })
}
