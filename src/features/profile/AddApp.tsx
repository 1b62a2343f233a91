import { useTranslation } from '#src/i18n/use-translation.ts'
import { TotpField } from '#src/code/TotpField.tsx'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { QrCode } from '#src/components/QrCode.tsx'
import { inGroups } from './authenticator.ts'
import { NameField } from './NameField.tsx'
import type { AuthenticatorChange } from './use-authenticator.ts'

/** The secret of a new app as a code to scan and as text, a name, and the first code, which proves that the app has it. */
export function AddApp({ flow }: { flow: AuthenticatorChange }) {
  const { t } = useTranslation()
  const { secret, code } = flow.app
  return (
    <>
      <div className="new-app">
        <div className="new-app-qr" aria-busy={!secret}>{secret && <QrCode text={secret.uri} label={t('authenticators.add.qr')} failed={t('authenticators.add.qr_failed')} />}</div>
        <div>
          <p className="second">{t('authenticators.add.scan')}</p>
          <p className="label">{t('authenticators.add.secret')}</p>
          <p className="new-app-secret">{secret ? <><span className="code" translate="no">{inGroups(secret.secret)}</span><CopyButton text={secret.secret} what={t('authenticators.add.secret')} /></> : t('authenticators.add.preparing')}</p>
          <p className="caption">{t('authenticators.add.secret_hint')}</p>
        </div>
      </div>
      <NameField {...flow.name.field} isLocked={flow.isBusy} />
      <div><TotpField {...code.field} label={t('authenticators.add.first_code')} hint={t('authenticators.add.first_code_hint')} isLocked={flow.isBusy} /></div>
    </>
  )
}
