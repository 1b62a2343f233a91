import type { RefObject } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { OwnChange } from '#contract/security.ts'
import { PasskeyNote } from '#src/code/PasskeyNote.tsx'
import { Button } from '#src/components/Button.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { type Own, type Profile, waysToCheck } from './change.ts'
import type { Identity } from './use-identity.ts'

type Props = { change: OwnChange; profile: Profile; own: Own; isLapsed: boolean; identity: Identity; /** The first way there is. */ first: RefObject<HTMLButtonElement | null> }

/** How it is checked who it is: a code to a contact that was verified before, an authenticator app or a passkey. Without any there is no way here,
 *  and it says who can help. */
export function ChooseWay({ change, profile, own, isLapsed, identity, first }: Props) {
  const { t } = useTranslation()
  const ways = waysToCheck(change, profile, own)
  const usable = ways.find(({ state }) => state === 'usable')
  const { passkey, choose } = identity
  if (!usable && !ways.some(({ way }) => way === 'passkey')) return <Notice tone="warning">{t(profile.mayChangeVerification ? 'profile.contact_administrator' : 'profile.contact_member')}</Notice>
  return (
    <div>
      {isLapsed && <Notice tone="warning" isAlert>{t('profile.change.lapsed')}</Notice>}
      <p className="second">{change === 'authenticator' && own.opensBy === 'authenticator' ? t('authenticators.add.only_authenticator') : t('profile.change.choose')}</p>
      <ul className="confirm-ways">
        {ways.map(({ way, to, state }) => {
          const name = way === 'sms' || way === 'email' ? t(`profile.change.by.${way}`) : t(`authenticators.by.${way}`)
          const why = state === 'usable' ? undefined : state === 'missing' ? t('profile.no_contact') : state === 'unverified' ? t('profile.not_verified') : t(`authenticators.no_passkey.${state}`)
          return (
            <li key={way}>
              <span className="stack"><span>{name}</span><span>{to}{why !== undefined && <> {why}</>}</span></span>
              {why === undefined && (
                <Button
                  {...(way === usable?.way && { ref: first })} aria-label={`${t('profile.change.verify_now')}${t('common.colon')}${name}`} isBusy={way === 'passkey' && passkey.isOpen}
                  disabledReason={way !== 'passkey' && passkey.isOpen ? t('authenticators.passkey.open') : undefined} onPress={() => choose(way)}
                >{t('profile.change.verify_now')}</Button>
              )}
            </li>
          )
        })}
      </ul>
      {(passkey.isOpen || passkey.trouble) && <PasskeyNote trouble={passkey.trouble} isOpen={passkey.isOpen} />}
    </div>
  )
}
