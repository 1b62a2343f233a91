import { amountFromMinor, fromMinor } from '#contract/money.ts'
import { getBudgetQuota, getProfile, putLanguage, turnVerificationOff, turnVerificationOn } from '#contract/profile.ts'
import type { MountFeature } from '#server/http/app.ts'
import type { Context } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { maskEmail, maskMobile, maskName } from '#server/masking/mask.ts'
import { administratorMails } from '#server/messages/administrators.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { lockSwitch, readProfile, readQuotas, setLanguage, setSwitch, voidQuestions } from './store.ts'

/** A person's own data, the language of the messages to them, and the partner's verification switch. */
export const mountProfile: MountFeature = (mount, _app, deps) => {
  mount.read(getProfile, {
    permission: 'signed_in',
    async run(_input, { tx, now, actor }) {
      const row = await readProfile(tx, actor)
      return {
        account: actor.partner.account, login: actor.member.login === '' ? null : actor.member.login, nameMasked: maskName(actor.member.name),
        mobile: row.mobile === null ? null : { masked: maskMobile(row.mobile), isVerified: row.mobileVerified },
        email: row.email === null ? null : { masked: maskEmail(row.email), isVerified: row.emailVerified },
        kind: row.isUnified ? 'unified' as const : 'cloud' as const, manageUrl: row.isUnified ? deps.unified?.manageUrl ?? null : null, passwordSetAt: row.isUnified ? null : row.passwordSetAt?.toISOString() ?? null,
        language: row.language, verificationOn: actor.partner.verificationOn, mayChangeVerification: actor.permissions.has('verification.switch'),
        lockedUntil: row.lockedUntil !== null && row.lockedUntil > now ? row.lockedUntil.toISOString() : null,
      }
    },
  })

  mount.read(getBudgetQuota, {
    permission: 'signed_in',
    async run(_input, { tx, actor }) {
      const { monthly, oneTime, monthlyUsed, oneTimeUsed } = await readQuotas(tx, actor.partner.id)
      const quota = (granted: bigint | null, used: bigint) => (granted === null || actor.partner.type !== 'RESELLER' ? null : { granted: amountFromMinor(granted), used: fromMinor(used), left: fromMinor(granted - used) })
      return { monthly: quota(monthly, monthlyUsed), oneTime: quota(oneTime, oneTimeUsed) }
    },
  })

  mount.perform(putLanguage, {
    permission: 'signed_in',
    prepare: async () => undefined,
    async apply(_nothing, { body: { language } }, { tx, actor }) {
      await setLanguage(tx, actor, language)
      return { language }
    },
    log: ({ language }) => ({ operation: 'member.changed', objectKind: 'member', details: { language } }),
  })

  mount.perform(turnVerificationOff, {
    permission: 'verification.switch', refused: 'verification.off',
    async prepare(_input, { tx, actor }) {
      if (!await lockSwitch(tx, actor.partner.id)) throw new Refusal('conflict')
    },
    summarize: () => ({
      operation: 'verification.off', total: null, count: 0, largest: null,
      facts: [{ kind: 'text', label: 'operation', text: 'verification.off' }], items: [], notes: [{ kind: 'notice', notice: 'keep_on', count: 0 }],
    }),
    async apply(_nothing, _input, context) {
      await turn(context, false)
      return { verificationOn: false }
    },
    log: () => ({ operation: 'verification.off', objectKind: 'partner' }),
  })

  mount.perform(turnVerificationOn, {
    permission: 'verification.switch',
    prepare: async (_input, { tx, actor }) => ({ wasOn: await lockSwitch(tx, actor.partner.id) }),
    async apply({ wasOn }, _input, context) {
      if (!wasOn) await turn(context, true)
      return { verificationOn: true }
    },
    log: (_reply, { wasOn }) => (wasOn ? [] : [{ operation: 'verification.on', objectKind: 'partner' }]),
  })
}

/** Turns the switch and tells every administrator (PR-04), in one transaction. */
async function turn({ tx, now, actor: { partner, member } }: Context, on: boolean): Promise<void> {
  await setSwitch(tx, partner.id, on)
  if (on) await voidQuestions(tx, partner.id)
  const recipients = await administratorMails(tx, partner.id)
  await enqueueNotices(tx, now, recipients.map(({ email, language }) => ({
    partnerId: partner.id, kind: 'PR-04', channel: 'email', to: email, toMasked: maskEmail(email), locale: language,
    params: { state: on ? 'on' : 'off', by: maskName(member.name), at: now, timeZone: partner.timeZone },
  })))
}
