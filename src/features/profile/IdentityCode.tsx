import { useTranslation } from '#src/i18n/use-translation.ts'
import { CodeField } from '#src/code/CodeField.tsx'
import { CodeHelp } from '#src/code/CodeHelp.tsx'
import { TotpField } from '#src/code/TotpField.tsx'
import type { CodeWay, Profile } from './change.ts'
import type { Identity } from './use-identity.ts'

/** The code that tells who it is: one that was sent, or one of the app. */
export function IdentityCode({ way, profile, identity }: { way: CodeWay; profile: Profile; identity: Identity }) {
  const { t } = useTranslation()
  if (way === 'totp') {
    return (
      <div>
        <TotpField {...identity.app.field} isLocked={identity.isBusy} />
        <CodeHelp question={t('authenticators.check.help')} items={[t('authenticators.tip.totp'), t('authenticators.tip.lost')]} />
      </div>
    )
  }
  const to = (way === 'sms' ? profile.mobile : profile.email)?.masked ?? ''
  return (
    <div>
      <p className="second">{t(`profile.change.identity.${way}`, { to })}</p>
      <CodeField {...identity.message.field} isLocked={identity.isBusy} />
      <CodeHelp items={[t('code.tip.channel'), t('code.tip.spam'), t('code.tip.wait')]} />
    </div>
  )
}
