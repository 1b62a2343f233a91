import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProofChannel } from '#contract/proofs.ts'
import { Button } from '#src/components/Button.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { type Profile, waysToCheck } from './change.ts'

type Props = { profile: Profile; isLapsed: boolean; onChoose: (channel: ProofChannel) => void; /** The first way there is. */ first: RefObject<HTMLButtonElement | null> }

/** Where the code goes that tells who it is: to a contact that was verified before. Without one there is no way here, and it says who can help. */
export function ChooseWay({ profile, isLapsed, onChoose, first }: Props) {
  const { t } = useTranslation()
  const ways = waysToCheck(profile)
  const usable = ways.find(({ state }) => state === 'usable')
  if (!usable) return <Notice tone="warning">{t(profile.mayChangeVerification ? 'profile.contact_administrator' : 'profile.contact_member')}</Notice>
  return (
    <div>
      {isLapsed && <Notice tone="warning" isAlert>{t('profile.change.lapsed')}</Notice>}
      <p className="second">{t('profile.change.choose')}</p>
      <ul className="ways">
        {ways.map(({ channel, to, state }) => (
          <li key={channel}>
            <span className="stack"><span>{t(`profile.change.by.${channel}`)}</span><span>{to}{state !== 'usable' && <> {t(state === 'missing' ? 'profile.no_contact' : 'profile.not_verified')}</>}</span></span>
            {state === 'usable' && <Button {...(channel === usable.channel && { ref: first })} aria-label={`${t('profile.change.verify_now')}${t('common.colon')}${t(`profile.change.by.${channel}`)}`} onPress={() => onChoose(channel)}>{t('profile.change.verify_now')}</Button>}
          </li>
        ))}
      </ul>
    </div>
  )
}
