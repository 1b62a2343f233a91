import { SensitiveOperation, requirable } from '#contract/operations.ts'
import { listAuthenticators, removeAuthenticator, renameAuthenticator, requireAuthenticators } from '#contract/security.ts'
import { isAdministrator } from '#server/auth/actor.ts'
import type { Context, Mount } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { authenticatorsPerPerson } from '#server/limits.ts'
import { maskEmail, maskName } from '#server/masking/mask.ts'
import { administratorMails } from '#server/messages/administrators.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { hasAuthenticator } from '#server/proofs/authenticators.ts'
import { voidChallenges } from '#server/proofs/challenges.ts'
import { relyingParty } from '#server/proofs/passkeys.ts'
import { confirmationOf, needsAuthenticator } from '#server/proofs/policy.ts'
import { gone, refuseSameName } from './authenticators.ts'
import { deleteAuthenticator, hasOtherAdministrator, listOwn, lockRequired, presentAuthenticator, renameOwn, setRequired, type AuthenticatorRow } from './authenticators-store.ts'
import { refuseLocked } from './identity.ts'
import { authenticatorNotices, type Contacts } from '#server/auth/notices.ts'
import { findForm, lockPerson, takeForm, voidWaiting } from './store.ts'

const readRequired = (stored: readonly string[]): SensitiveOperation[] => SensitiveOperation.options.filter((operation) => stored.includes(operation))

/** A person's own authenticators, and what an administrator requires them for. */
export function mountOwnAuthenticators(mount: Mount, deps: Deps): void {
  mount.read(listAuthenticators, {
    permission: 'signed_in',
    async run(_input, { tx, now, actor }) {
      const own = await listOwn(tx, actor)
      const form = await findForm(tx, now, actor, 'authenticator')
      return {
        items: own.map(presentAuthenticator), max: authenticatorsPerPerson, requiredFor: readRequired(actor.partner.requiredOperations), mayRequire: actor.permissions.has('verification.switch'),
        mayRequireFor: requirable.filter((operation) => confirmationOf(operation, actor.partner) !== undefined),
        opensBy: own.length > 0 ? 'authenticator' as const : 'message' as const, openUntil: form?.openUntil.toISOString() ?? null, passkeyHost: relyingParty(deps.settings)?.id ?? null,
      }
    },
  })

  mount.perform(renameAuthenticator, {
    permission: 'signed_in',
    async prepare({ params: { id }, body: { name } }, context) {
      const { own } = await holdOwn(context, id)
      await refuseSameName(context.tx, context.actor, name, own.id)
      return own
    },
    async apply(own, { body: { name } }, { tx, actor }) {
      await renameOwn(tx, actor, own.id, name)
      return presentAuthenticator({ ...own, name })
    },
    log: ({ name }, own) => ({ operation: 'profile.authenticator_renamed', objectKind: 'authenticator', objectNumber: own.id, details: { before: own.name, after: name } }),
  })

  mount.perform(removeAuthenticator, {
    permission: 'signed_in',
    async prepare({ params: { id } }, context) {
      const { tx, now, actor } = context
      // Held before the person, as wherever both are: of two administrators who give up their last one, the second finds that out.
      const required = await lockRequired(tx, actor.partner.id)
      const held = await holdOwn(context, id)
      await refuseLocked(tx, now, actor)
      if (!await findForm(tx, now, actor, 'authenticator')) throw gone()
      const isLast = (await listOwn(tx, actor)).length === 1
      if (isLast && required.length > 0 && isAdministrator(actor) && !await hasOtherAdministrator(tx, actor)) throw new Refusal('conflict', { sentence: 'last_authenticator' })
      return held
    },
    async apply({ own, contacts }, _input, { tx, now, actor }) {
      if (!await takeForm(tx, now, actor, 'authenticator') || !await deleteAuthenticator(tx, actor, own.id)) throw gone()
      await voidWaiting(tx, actor.partner.id, actor.member.id)
      await voidChallenges(tx, actor.partner.id, actor.member.id)
      await enqueueNotices(tx, now, authenticatorNotices(actor.partner, contacts, { what: 'removed', kind: own.kind, name: own.name }, now))
      return {}
    },
    log: (_reply, { own }) => ({ operation: 'profile.authenticator_removed', objectKind: 'authenticator', objectNumber: own.id, details: { kind: own.kind, name: own.name } }),
  })

  mountRequirement(mount)
}

/** Locks the person and finds one of their own. Refuses with not_found. */
async function holdOwn({ tx, actor }: Context, id: string): Promise<{ own: AuthenticatorRow; contacts: Contacts }> {
  const contacts = await lockPerson(tx, actor)
  if (!contacts) throw new Refusal('not_signed_in')
  const own = (await listOwn(tx, actor)).find((one) => one.id === id.toLowerCase())
  if (!own) throw new Refusal('not_found')
  return { own, contacts }
}

const sorted = (operations: readonly SensitiveOperation[]): SensitiveOperation[] => SensitiveOperation.options.filter((operation) => operations.includes(operation))

function mountRequirement(mount: Mount): void {
  mount.perform(requireAuthenticators, {
    permission: 'verification.switch', refused: 'verification.require',
    async prepare({ body: { operations } }, { tx, actor }) {
      const required = await lockRequired(tx, actor.partner.id)
      const may: readonly string[] = requirable
      const unfit = operations.findIndex((operation) => !may.includes(operation) || confirmationOf(operation, actor.partner) === undefined)
      if (unfit >= 0) throw new Refusal('invalid_input', { fields: [{ path: `operations.${unfit}`, code: 'invalid', message: '' }] })
      // Whoever requires what they do not have locks themself out.
      if (!await hasAuthenticator(tx, actor)) throw new Refusal('conflict', { sentence: 'authenticator_first' })
      return { before: readRequired(required) }
    },
    canonical: ({ body: { operations } }) => ({ operations: sorted(operations) }),
    summarize: (_prepared, { body: { operations } }) => ({
      operation: 'verification.require', total: null, count: 0, largest: null,
      facts: [{ kind: 'text', label: 'operation', text: 'verification.require' }, ...(operations.length === 0 ? ['none'] : sorted(operations)).map((text) => ({ kind: 'text' as const, label: 'required', text }))], items: [], notes: [],
    }),
    async apply({ before }, { body }, { tx, now, actor: { partner, member } }) {
      const requiredFor = sorted(body.operations)
      await setRequired(tx, partner.id, requiredFor, SensitiveOperation.options.filter((operation) => needsAuthenticator(operation, { requiredOperations: requiredFor })))
      if (before.join() !== requiredFor.join()) {
        await enqueueNotices(tx, now, (await administratorMails(tx, partner.id)).map(({ email, language }) => ({
          partnerId: partner.id, kind: 'PR-04', channel: 'email', to: email, toMasked: maskEmail(email), locale: language, params: { state: 'required', operations: requiredFor, by: maskName(member.name), at: now, timeZone: partner.timeZone },
        })))
      }
      return { requiredFor }
    },
    log: ({ requiredFor }, { before }) => ({ operation: 'verification.require', objectKind: 'partner', details: { before: before.join(', '), after: requiredFor.join(', ') } }),
  })
}
