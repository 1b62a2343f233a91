import type { Parsed, Reply } from '#contract/endpoint.ts'
import type { changePassword } from '#contract/security.ts'
import { writeLog } from '#server/audit/write.ts'
import { hashPassword, isPassword } from '#server/auth/password.ts'
import { whyWeakPassword } from '#server/auth/password-rules.ts'
import { endSessions } from '#server/auth/sessions.ts'
import type { Caller } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { voidCodes } from '#server/proofs/public-codes.ts'
import { authorOf } from './guess.ts'
import { refuseLocked } from './identity.ts'
import { passwordNotices } from '#server/auth/notices.ts'
import { resetSubject } from './reset-subject.ts'
import { findForm, lockPerson, readPasswordHash, setPasswordHash, takeForm, voidWaiting } from './store.ts'

const gone = (): Refusal => new Refusal('conflict', { sentence: 'opening_gone' })

/** Refuses with invalid_input a password that is too short, too long or common. */
export async function refuseWeak(password: string): Promise<void> {
  if (await whyWeakPassword(password)) throw new Refusal('invalid_input', { fields: [{ path: 'password', code: 'password', message: '' }] })
}

/** Sets a new password behind an open form. The person's other sign-ins end and every contact is told. Hashing costs time on purpose, so it happens for
 *  open forms only and outside the transactions. A refused password leaves the form open.
 *  Refuses with conflict where no form is open, invalid_input, proof_locked or not_signed_in. */
export async function setPassword(deps: Deps, { body: { password } }: Parsed<typeof changePassword>, { actor, request }: Caller): Promise<Reply<typeof changePassword>> {
  const { database, secrets } = deps
  const { partner, member, sessionId } = actor
  await refuseWeak(password)
  const present = await database.inTenant(partner.id, async (tx, now) => {
    await refuseLocked(tx, now, actor)
    if (!await findForm(tx, now, actor, 'password')) throw gone()
    return await readPasswordHash(tx, partner.id, member.id)
  })
  if (await isPassword(password, present)) throw new Refusal('invalid_input', { fields: [{ path: 'password', code: 'same_password', message: '' }] })
  const hash = await hashPassword(password)
  return await database.inTenant(partner.id, async (tx, now) => {
    const contacts = await lockPerson(tx, actor)
    if (!contacts) throw new Refusal('not_signed_in')
    if (!await takeForm(tx, now, actor, 'password')) throw gone()
    await setPasswordHash(tx, now, partner.id, member.id, hash)
    const endedSignIns = await endSessions(tx, partner.id, member.id, { except: sessionId })
    await voidWaiting(tx, partner.id, member.id)
    await voidCodes(tx, [sessionId, resetSubject(secrets, partner.account, member.login)])
    await enqueueNotices(tx, now, passwordNotices(partner, contacts, 'changed', now))
    await writeLog(tx, now, authorOf(actor), request, [{ operation: 'profile.password', objectKind: 'member', details: { ended: endedSignIns } }])
    return { endedSignIns }
  })
}
