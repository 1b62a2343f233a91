import { changeContact, changePassword, checkIdentityCode, putTimeZone, resetPassword, sendContactCode, sendIdentityCode, sendResetCode } from '#contract/security.ts'
import { sql } from '#server/db/query.ts'
import type { MountFeature } from '#server/http/app.ts'
import { Refusal } from '#server/http/refusal.ts'
import { change, sendContact } from './contact.ts'
import { checkIdentity, sendIdentity } from './identity.ts'
import { setPassword } from './password.ts'
import { reset, sendReset } from './reset.ts'
import { isTimeZone } from './rules.ts'
import { isZoneOfDatabase } from './store.ts'

/** What people change about themselves: mobile, mail address and password, also a forgotten one; and the partner's time zone. */
export const mountSecurity: MountFeature = (mount, _app, deps) => {
  mount.own(sendIdentityCode, 'signed_in', (input, caller) => sendIdentity(deps, input, caller))
  mount.own(checkIdentityCode, 'signed_in', (input, caller) => checkIdentity(deps, input, caller))
  mount.own(sendContactCode, 'signed_in', (input, caller) => sendContact(deps, input, caller))
  mount.own(changeContact, 'signed_in', (input, caller) => change(deps, input, caller))
  mount.own(changePassword, 'signed_in', (input, caller) => setPassword(deps, input, caller))
  mount.open(sendResetCode, 'public', (input, visitor) => sendReset(deps, input, visitor))
  mount.open(resetPassword, 'public', (input, visitor) => reset(deps, input, visitor))

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
