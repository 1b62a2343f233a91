import { type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from '#src/components/Button.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { type ContactChange, type Own, type Profile, shownSteps } from './change.ts'
import { ChooseWay } from './ChooseWay.tsx'
import { focusFirst } from './focus-first.ts'
import { IdentityCode } from './IdentityCode.tsx'
import { IdentityFoot } from './IdentityFoot.tsx'
import { NewValue } from './NewValue.tsx'
import { Progress } from './Progress.tsx'
import { type Change, useChange } from './use-change.ts'

type Props = { change: ContactChange; profile: Profile; own: Own; onClose: () => void }

/** Changing one own contact or the password, in four steps. */
export function ChangeDialog({ change, profile, own, onClose }: Props) {
  const { t } = useTranslation()
  const flow = useChange(change)
  const box = useRef<HTMLFormElement>(null)
  const firstWay = useRef<HTMLButtonElement>(null)
  const { at } = flow.step
  useStepFocus(at, box)
  const place = shownSteps.findIndex((step) => step === at)
  return (
    <ModalShell title={t(`profile.change.title.${change}`)} onClose={onClose} isDirty={flow.isDirty} isLocked={flow.isBusy} initialFocus={firstWay} footer={(close) => <Foot flow={flow} onClose={close} />}>
      <form ref={box} id="change-form" className="change" noValidate onSubmit={(event) => { event.preventDefault(); flow.goOn() }}>
        {place >= 0 && <Progress place={place} total={shownSteps.length} name={at === 'choose' || at === 'identity' || at === 'done' ? t(`profile.change.step.${at}`) : t(`profile.change.step.${change}`)} />}
        <StepContent flow={flow} change={change} profile={profile} own={own} firstWay={firstWay} />
      </form>
    </ModalShell>
  )
}

function StepContent({ flow, change, profile, own, firstWay }: { flow: Change; change: ContactChange; profile: Profile; own: Own; firstWay: RefObject<HTMLButtonElement | null> }) {
  const { step, identity } = flow
  switch (step.at) {
    case 'choose': return <ChooseWay change={change} profile={profile} own={own} isLapsed={step.isLapsed} identity={identity} first={firstWay} />
    case 'identity': return <IdentityCode way={step.way} profile={profile} identity={identity} />
    case 'form': return <NewValue change={change} flow={flow} openUntil={step.openUntil} profile={profile} />
    case 'done': return <Done change={change} step={step} />
    case 'locked': return <Notice tone="danger" isAlert>{step.text}</Notice>
  }
}

function Foot({ flow, onClose }: { flow: Change; onClose: () => void }) {
  const { t } = useTranslation()
  const { step, identity, value } = flow
  if (step.at === 'done') return <Button variant="primary" onPress={onClose}>{t('common.close')}</Button>
  if (step.at !== 'form') return <IdentityFoot step={step} identity={identity} onBack={() => flow.startOver(false)} onClose={onClose} form="change-form" />
  const needsCode = flow.kind !== 'password' && !value.code.field.sent
  return (
    <>
      <Button onPress={onClose}>{t('common.cancel')}</Button>
      <Button variant="primary" type="submit" form="change-form" isBusy={flow.isBusy} disabledReason={!flow.isBusy && needsCode ? t('code.get_first') : undefined}>{t(`profile.change.title.${flow.kind}`)}</Button>
    </>
  )
}

function Done({ change, step }: { change: ContactChange; step: Extract<Change['step'], { at: 'done' }> }) {
  const { t } = useTranslation()
  return (
    <div className="changed" tabIndex={-1}>
      <Notice tone="success">
        <p className="strong">{t('profile.change.done_title')}</p>
        <p>{step.masked === undefined ? t('profile.change.done.password') : t(`profile.change.done.${change}`, { to: step.masked })}</p>
      </Notice>
      <ul className="change-effects">
        <li>{t(change === 'password' ? 'profile.change.told_all' : 'profile.change.told_old')}</li>
        <li>{t(step.endedSignIns === 0 ? 'profile.change.ended_none' : 'profile.change.ended', { count: step.endedSignIns })}</li>
        <li>{t('profile.change.proofs_void')}</li>
      </ul>
    </div>
  )
}

/** What is first done in a step takes the focus when it opens; the pressed button has gone with the step before. */
function useStepFocus(at: Change['step']['at'], box: RefObject<HTMLFormElement | null>): void {
  const shown = useRef(at)
  useEffect(() => {
    if (shown.current === at) return
    shown.current = at
    focusFirst(box.current, at === 'identity' ? ['.send', '[name=code]'] : [':is([name=value], [name=password], .changed, .ways button)'])
  }, [at, box])
}
