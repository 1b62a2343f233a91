import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { ProofChannel } from '#contract/proofs.ts'
import { Button } from '#src/components/Button.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { Mark } from '#src/components/Mark.tsx'
import { RadioCards } from '#src/components/RadioCards.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { LanguageButton } from '#src/layout/LanguageButton.tsx'
import { ThemeButton } from '#src/layout/ThemeButton.tsx'
import { paths } from '#src/paths.ts'
import { ResetForm } from './ResetForm.tsx'

type Who = { account: string; member: string; channel: ProofChannel }

/** For whoever does not know the password any more: who it is, then a code to a verified contact and a new password. Says the same for accounts that do not exist. */
export function ForgottenPage() {
  const { t } = useTranslation()
  const [who, setWho] = useState<Who>({ account: '', member: '', channel: 'sms' })
  const [at, setAt] = useState<'who' | 'reset' | 'done'>('who')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => { document.title = `${t('forgotten_page.title')} · ${t('common.product')}` }, [t])
  const go = (next: typeof at) => {
    setAt(next)
    heading.current?.focus()
  }
  return (
    <div className="sign-page" data-page="forgotten">
      <div className="top-right"><LanguageButton /><ThemeButton /></div>
      <main className="sign">
        <div className="sign-brand"><Mark /><b>{t('common.product')}</b></div>
        <h1 ref={heading} tabIndex={-1}>{t('forgotten_page.title')}</h1>
        {at === 'who' && <WhoForm who={who} onChange={setWho} onNext={() => go('reset')} />}
        {at === 'reset' && <ResetForm {...who} onBack={() => go('who')} onDone={() => go('done')} />}
        {at === 'done' && (
          <div role="status">
            <p>{t('forgotten_page.done')}</p>
            <a className="button primary full" href={paths.signIn()}>{t('session.sign_in')}</a>
          </div>
        )}
        {at !== 'done' && <p className="sign-aside"><a href={paths.signIn()}>{t('forgotten_page.to_sign_in')}</a></p>}
        {at === 'who' && <p className="caption">{t('forgotten_page.no_contact')}</p>}
      </main>
    </div>
  )
}

function WhoForm({ who, onChange, onNext }: { who: Who; onChange: (who: Who) => void; onNext: () => void }) {
  const { t } = useTranslation()
  const [isTried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const isMissing = who.account.trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isMissing) form.current?.querySelector<HTMLInputElement>('[name=account]')?.focus()
    else onNext()
  }
  return (
    <form ref={form} noValidate className="sign-form" onSubmit={submit}>
      <p className="caption">{t('forgotten_page.step', { n: 1 })}</p>
      <p className="second">{t('forgotten_page.intro')}</p>
      <Labelled label={t('session.account')} error={isTried && isMissing ? t('session.enter_account') : undefined}>
        {(wiring) => <TextInput {...wiring} isLarge name="account" autoComplete="organization" autoCapitalize="none" spellCheck={false} maxLength={64} value={who.account} onChange={(account) => onChange({ ...who, account })} />}
      </Labelled>
      <Labelled label={t('session.member')} hint={t('session.member_hint')}>
        {(wiring) => <TextInput {...wiring} isLarge name="member" autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={64} value={who.member} onChange={(member) => onChange({ ...who, member })} />}
      </Labelled>
      <RadioCards
        legend={t('code.channel')} value={who.channel} onChange={(channel) => onChange({ ...who, channel })}
        options={(['sms', 'email'] as const).map((channel) => ({ value: channel, label: t(`code.${channel}`), note: t(`forgotten_page.${channel}_note`) }))}
      />
      <Button type="submit" variant="primary" className="full">{t('forgotten_page.next')}</Button>
    </form>
  )
}
