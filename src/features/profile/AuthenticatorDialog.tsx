import { type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { AddApp } from './AddApp.tsx'
import { AddPasskey } from './AddPasskey.tsx'
import type { Act } from './authenticator.ts'
import type { AuthenticatorList } from './Authenticators.tsx'
import type { Profile } from './change.ts'
import { ChooseWay } from './ChooseWay.tsx'
import { focusFirst } from './focus-first.ts'
import { IdentityCode } from './IdentityCode.tsx'
import { IdentityFoot } from './IdentityFoot.tsx'
import { OpenFor } from './OpenFor.tsx'
import { Progress } from './Progress.tsx'
import { type AuthenticatorChange, useAuthenticator } from './use-authenticator.ts'

type Props = { act: Act; list: AuthenticatorList; profile: Profile; onClose: () => void }
const steps = ['choose', 'identity', 'form'] as const

/** Adding or removing an authenticator: who it is, then the one step itself. */
export function AuthenticatorDialog({ act, list, profile, onClose }: Props) {
  const { t } = useTranslation()
  const flow = useAuthenticator(act, list, onClose)
  const box = useRef<HTMLFormElement>(null)
  const first = useRef<HTMLButtonElement>(null)
  const { at } = flow.step
  useStepFocus(at, box)
  const place = steps.findIndex((step) => step === at)
  const name = at === 'choose' || at === 'identity' ? t(`authenticators.add.step.${at}`) : t(`authenticators.add.step.${act.do === 'add' ? 'form' : 'remove'}`)
  return (
    <ModalShell
      title={act.do === 'add' ? t(`authenticators.add.${act.kind}`) : t('authenticators.remove.title', { name: act.one.name })} onClose={onClose}
      isDirty={flow.isDirty && !flow.isBusy} isLocked={flow.isBusy} initialFocus={at === 'choose' ? first : undefined} footer={(close) => <Foot flow={flow} act={act} onClose={close} />}
    >
      <form ref={box} id="authenticator-form" className="change" noValidate onSubmit={(event) => { event.preventDefault(); flow.goOn() }}>
        {place >= 0 && <Progress place={place} total={steps.length} name={name} />}
        <StepContent flow={flow} act={act} list={list} profile={profile} first={first} />
      </form>
    </ModalShell>
  )
}

function StepContent({ flow, act, list, profile, first }: { flow: AuthenticatorChange; act: Act; list: AuthenticatorList; profile: Profile; first: RefObject<HTMLButtonElement | null> }) {
  const { t } = useTranslation()
  const { step, identity } = flow
  switch (step.at) {
    case 'choose': return <ChooseWay change="authenticator" profile={profile} own={list} isLapsed={step.isLapsed} identity={identity} first={first} />
    case 'identity': return <IdentityCode way={step.way} profile={profile} identity={identity} />
    case 'locked': return <Notice tone="danger" isAlert>{step.text}</Notice>
    case 'form': return (
      <div className="form">
        <OpenFor openUntil={step.openUntil} isHeld={flow.isBusy} onClosed={() => flow.startOver(true)} />
        {act.do === 'remove' ? <p className="second">{t('authenticators.remove.text')}{act.isLast && <> {t('authenticators.remove.last')}</>}</p> : act.kind === 'totp' ? <AddApp flow={flow} /> : <AddPasskey flow={flow} />}
        <FormError error={flow.error} />
        {flow.isUnknown && <Notice tone="warning" isAlert>{t('profile.change.unknown')}</Notice>}
      </div>
    )
  }
}

function Foot({ flow, act, onClose }: { flow: AuthenticatorChange; act: Act; onClose: () => void }) {
  const { t } = useTranslation()
  const { step, identity, passkey } = flow
  if (step.at !== 'form') return <IdentityFoot step={step} identity={identity} onBack={() => flow.startOver(false)} onClose={onClose} form="authenticator-form" />
  const isBusy = flow.isBusy || passkey.isOpen
  const isWaiting = act.do === 'add' && act.kind === 'totp' && !flow.app.secret
  return (
    <>
      <Button onPress={onClose}>{t('common.cancel')}</Button>
      <Button variant={act.do === 'remove' ? 'danger' : 'primary'} type="submit" form="authenticator-form" isBusy={isBusy} disabledReason={!isBusy && isWaiting ? t('authenticators.add.preparing') : undefined}>
        {act.do === 'remove' ? t('authenticators.remove.confirm') : t(`authenticators.add.${act.kind}`)}
      </Button>
    </>
  )
}

/** What is first done in a step takes the focus when it opens; the pressed button has gone with the step before. */
function useStepFocus(at: AuthenticatorChange['step']['at'], box: RefObject<HTMLFormElement | null>): void {
  const shown = useRef(at)
  useEffect(() => {
    if (shown.current === at) return
    shown.current = at
    if (at === 'form') focusFirst(box.current?.closest<HTMLElement>('.dialog') ?? null, ['[name=name]', 'footer [type=submit]'])
    else focusFirst(box.current, at === 'identity' ? ['.send', '[name=code]'] : ['.ways button'])
  }, [at, box])
}
