import { type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwnChange } from '#contract/security.ts'
import { CodeField } from '#src/code/CodeField.tsx'
import { CodeHelp } from '#src/code/CodeHelp.tsx'
import { Button } from '#src/components/Button.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { type Profile, shownSteps, waysToCheck } from './change.ts'
import { ChooseWay } from './ChooseWay.tsx'
import { NewValue } from './NewValue.tsx'
import { type Change, useChange } from './use-change.ts'

type Props = { change: OwnChange; profile: Profile; onClose: () => void }

/** Changing one own contact or the password, in four steps. */
export function ChangeDialog({ change, profile, onClose }: Props) {
  const { t } = useTranslation()
  const flow = useChange(change)
  const box = useRef<HTMLFormElement>(null)
  const firstWay = useRef<HTMLButtonElement>(null)
  useStepFocus(flow.step.at, box)
  return (
    <ModalShell title={t(`profile.change.title.${change}`)} onClose={onClose} isDirty={flow.isDirty} isLocked={flow.isBusy} initialFocus={firstWay} footer={(close) => <Foot flow={flow} onClose={close} />}>
      <form ref={box} id="change-form" className="change" noValidate onSubmit={(event) => { event.preventDefault(); flow.goOn() }}>
        <Progress at={flow.step.at} change={change} />
        <StepContent flow={flow} change={change} profile={profile} firstWay={firstWay} />
      </form>
    </ModalShell>
  )
}

function StepContent({ flow, change, profile, firstWay }: { flow: Change; change: OwnChange; profile: Profile; firstWay: RefObject<HTMLButtonElement | null> }) {
  const { t } = useTranslation()
  const { step } = flow
  switch (step.at) {
    case 'choose': return <ChooseWay profile={profile} isLapsed={step.isLapsed} onChoose={flow.choose} first={firstWay} />
    case 'identity': return (
      <div>
        <p className="second">{t(`profile.change.identity.${step.channel}`, { to: waysToCheck(profile).find(({ channel }) => channel === step.channel)?.to ?? '' })}</p>
        <CodeField {...flow.identity.field} isLocked={flow.isBusy} />
        <CodeHelp items={[t('code.tip.channel'), t('code.tip.spam'), t('code.tip.wait')]} />
      </div>
    )
    case 'form': return <NewValue change={change} flow={flow} openUntil={step.openUntil} profile={profile} />
    case 'done': return <Done change={change} step={step} />
    case 'locked': return <Notice tone="danger" isAlert>{step.text}</Notice>
  }
}

function Foot({ flow, onClose }: { flow: Change; onClose: () => void }) {
  const { t } = useTranslation()
  const { step, identity, value } = flow
  if (step.at === 'done' || step.at === 'locked') return <Button variant="primary" onPress={onClose}>{t('common.close')}</Button>
  if (step.at === 'choose') return <Button onPress={onClose}>{t('common.cancel')}</Button>
  if (step.at === 'identity') {
    return (
      <>
        <Button onPress={() => flow.startOver(false)} {...(flow.isBusy && { disabledReason: t('code.checking') })}>{t('profile.change.back')}</Button>
        <Button variant="primary" type="submit" form="change-form" isBusy={flow.isBusy} disabledReason={!flow.isBusy && !identity.field.sent ? t('code.get_first') : undefined}>{t('profile.change.next')}</Button>
      </>
    )
  }
  const needsCode = flow.kind !== 'password' && !value.code.field.sent
  return (
    <>
      <Button onPress={onClose}>{t('common.cancel')}</Button>
      <Button variant="primary" type="submit" form="change-form" isBusy={flow.isBusy} disabledReason={!flow.isBusy && needsCode ? t('code.get_first') : undefined}>{t(`profile.change.title.${flow.kind}`)}</Button>
    </>
  )
}

/** How far it is: bars for the eye, words for everybody. */
function Progress({ at, change }: { at: Change['step']['at']; change: OwnChange }) {
  const { t } = useTranslation()
  const place = shownSteps.findIndex((step) => step === at)
  if (place < 0) return null
  const name = at === 'choose' || at === 'identity' || at === 'done' ? t(`profile.change.step.${at}`) : t(`profile.change.step.${change}`)
  return (
    <p className="change-progress">
      <span className="change-bars" aria-hidden="true">{shownSteps.map((step, index) => <i key={step} className={index <= place ? 'on' : ''} />)}</span>
      <span role="status">{t('profile.change.progress', { n: place + 1, total: shownSteps.length, step: name })}</span>
    </p>
  )
}

function Done({ change, step }: { change: OwnChange; step: Extract<Change['step'], { at: 'done' }> }) {
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
    box.current?.querySelector<HTMLElement>(at === 'identity' ? '.send' : ':is([name=value], [name=password], .changed, .ways button)')?.focus()
  }, [at, box])
}
