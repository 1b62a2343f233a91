import {
  addPasskey, addTotp, askIdentityPasskey, beginPasskey, beginTotp, changeContact, changePassword, checkIdentityCode, checkIdentityPasskey, checkIdentityTotp, previewMessage, putTimeZone, resetPassword, sendContactCode, sendIdentityCode, sendResetCode,
} from '#contract/security.ts'
import { sql } from '#server/db/query.ts'
import type { MountFeature } from '#server/http/app.ts'
import { Refusal } from '#server/http/refusal.ts'
import { byPasskey, byTotp } from '#server/proofs/authenticators.ts'
import { relyingParty } from '#server/proofs/passkeys.ts'
import { change, sendContact } from './contact.ts'
import { finishPasskey, finishTotp, startPasskey, startTotp } from './authenticators.ts'
import { askIdentity, checkIdentity, checkIdentityBy, sendIdentity } from './identity.ts'
import { mountOwnAuthenticators } from './own-authenticators.ts'
import { setPassword } from './password.ts'
import { sampleMessage } from './preview.ts'
import { reset, sendReset } from './reset.ts'
import { isTimeZone } from './rules.ts'
import { isZoneOfDatabase } from './store.ts'

/** What people change about themselves: mobile, mail address, password, also a forgotten one, and authenticators; and the partner's time zone. */
export const mountSecurity: MountFeature = (mount, _app, deps) => {
  mount.own(sendIdentityCode, 'signed_in', (input, caller) => sendIdentity(deps, input, caller))
  mount.own(checkIdentityCode, 'signed_in', (input, caller) => checkIdentity(deps, input, caller))
  mount.own(checkIdentityTotp, 'signed_in', ({ body: { change: what, code } }, caller) => checkIdentityBy(deps, caller, what, byTotp(caller.actor, code)))
  mount.own(askIdentityPasskey, 'signed_in', (input, caller) => askIdentity(deps, input, caller))
  mount.own(checkIdentityPasskey, 'signed_in', ({ body: { change: what, assertion } }, caller) => checkIdentityBy(deps, caller, what, byPasskey(caller.actor, relyingParty(deps.settings), `identity:${what}`, assertion)))
  mount.own(beginTotp, 'signed_in', (input, caller) => startTotp(deps, input, caller))
  mount.own(addTotp, 'signed_in', (input, caller) => finishTotp(deps, input, caller))
  mount.own(beginPasskey, 'signed_in', (input, caller) => startPasskey(deps, input, caller))
  mount.own(addPasskey, 'signed_in', (input, caller) => finishPasskey(deps, input, caller))
  mountOwnAuthenticators(mount, deps)
  mount.own(sendContactCode, 'signed_in', (input, caller) => sendContact(deps, input, caller))
  mount.own(changeContact, 'signed_in', (input, caller) => change(deps, input, caller))
  mount.own(changePassword, 'signed_in', (input, caller) => setPassword(deps, input, caller))
  mount.open(sendResetCode, 'public', (input, visitor) => sendReset(deps, input, visitor))
  mount.open(resetPassword, 'public', (input, visitor) => reset(deps, input, visitor))

  mount.read(previewMessage, {
    permission: 'signed_in',
    async run({ body: { language, timeZone } }, { tx, now, actor }) {
      if (timeZone !== undefined && (!isTimeZone(timeZone) || !await isZoneOfDatabase(tx, timeZone))) throw new Refusal('invalid_input', { fields: [{ path: 'timeZone', code: 'time_zone', message: '' }] })
      return sampleMessage(language, now, timeZone ?? actor.partner.timeZone)
    },
  })

  mount.perform(putTimeZone, {
    permission: 'partner.settings',
    async prepare({ body: { timeZone } }, { tx }) {
      if (!isTimeZone(timeZone) || !await isZoneOfDatabase(tx, timeZone)) throw new Refusal('invalid_input', { fields: [{ path: 'timeZone', code: 'time_zone', message: '' }] })
    },
    async apply(_nothing, { body: { timeZone } }, { tx, actor }) {
      await tx.run(sql`update partners set time_zone = ${timeZone} where id = ${actor.partner.id}`)
      return { timeZone }
    },
    log: ({ timeZone }) => ({ operation: 'partner.time_zone', objectKind: 'partner', details: { timeZone } }),
  })
}
