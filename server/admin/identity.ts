import * as z from 'zod/mini'
import { hasUnifiedId, linkIdentity, unlinkIdentity } from '#server/auth/identities.ts'
import { createSetUp } from '#server/auth/set-up.ts'
import { sql } from '#server/db/query.ts'
import { passwordNotices } from '#server/auth/notices.ts'
import { voidWaiting } from '#server/features/security/store.ts'
import { setUpLife } from '#server/limits.ts'
import { maskName } from '#server/masking/mask.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { queueForPeople, unknownPassword, updateMember } from '#server/operations/members.ts'
import { command, CommandRefused } from './command.ts'
import { change, findMember, findPartner, signInName } from './desk.ts'
import { Account, Login } from './fields.ts'

const Subject = z.string('is needed').check(z.regex(/^[\x21-\x7e]{1,255}$/, 'has 1 to 255 printable characters without blanks'))

const identity = command({
  name: 'member:identity',
  summary: 'Links a member with a unified ID of OIDC_ISSUER: from then on the member signs in there, and the password, open links and sign-ins here are over; the member is told by every contact. With --remove the member is unlinked and a link is printed, once, under which a password is set within 30 minutes.',
  options: {
    partner: { value: '<account>', hint: 'which partner' }, member: { value: '<login>', hint: 'the login name; left out: the master account' },
    subject: { value: '<id>', hint: 'what the issuer calls the person (claim sub)' }, remove: { hint: 'ends the link' },
  },
  input: z.strictObject({ partner: Account, member: z.optional(Login), subject: Subject, remove: z.optional(z.boolean()) }),
  async run({ partner: account, member: login = '', subject, remove = false }, desk) {
    const { issuer } = desk
    if (issuer === undefined && !remove) throw new CommandRefused('OIDC_ISSUER is not set.')
    const partner = await findPartner(desk, account)
    desk.prepareMessages()
    const name = signInName(account, login)
    await change(desk, partner.id, async (tx, now) => {
      await queueForPeople(tx, partner.id)
      const member = await findMember(tx, partner, login)
      const of = { partnerId: partner.id, memberId: member.id }
      const isDone = remove || issuer === undefined ? await unlinkIdentity(tx, of, subject) : await linkIdentity(tx, now, of, issuer, subject)
      if (!isDone) throw new CommandRefused(remove ? `${name} is not linked with this unified ID.` : await hasUnifiedId(tx, of) ? `${name} is linked with a unified ID already.` : 'Somebody else is linked with this unified ID.')
      // Nobody knows the password, before a link has set a new one. This also ends every sign-in.
      await updateMember(tx, now, partner.id, member, { passwordHash: await unknownPassword() })
      await tx.run(sql`update logins set password_set_at = null where partner_id = ${partner.id}::uuid and member_id = ${member.id}::uuid`)
      await tx.run(sql`update members set awaits_password = ${remove}::boolean where partner_id = ${partner.id}::uuid and id = ${member.id}::uuid`)
      await voidWaiting(tx, partner.id, member.id)
      if (!remove) await enqueueNotices(tx, now, passwordNotices(partner, member, 'unified', now))
      const link = remove ? ` Set-up link, shown only now, valid ${setUpLife.reset / 60} minutes: ${desk.publicUrl}/set-up#${await createSetUp(tx, now, partner.id, member.id, setUpLife.reset)}` : ''
      return {
        log: [{ operation: remove ? 'session.identity_unlinked' : 'session.identity_linked', objectKind: 'member', ...(login !== '' && { objectNumber: login }), details: { member: maskName(member.name) } }],
        say: `${name} ${remove ? 'unlinked' : 'linked'}.${link}`,
      }
    })
  },
})

export const identityCommands = [identity]
