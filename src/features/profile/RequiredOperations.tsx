import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { SensitiveOperation } from '#contract/operations.ts'
import { listAuthenticators, requireAuthenticators } from '#contract/security.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { Checkbox } from '#src/components/Checkbox.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { showToast } from '#src/components/toast.ts'
import type { AuthenticatorList } from './Authenticators.tsx'
import { operationWords } from './required.ts'

/** Which operations are confirmed by an authenticator alone. Administrators choose; others see it. */
export function RequiredOperations({ list }: { list: AuthenticatorList }) {
  const { t } = useTranslation()
  const { requiredFor, mayRequire } = list
  return (
    <div className="require">
      <h3>{t('authenticators.required.title')}</h3>
      {mayRequire ? <Choice key={requiredFor.join(' ')} list={list} /> : (
        <>
          {requiredFor.length === 0 ? <p className="second">{t('authenticators.required.none')}</p> : <ul className="require-list">{operationWords(requiredFor).map((words) => <li key={words}>{words}</li>)}</ul>}
          <p className="caption">{t('authenticators.required.members')}</p>
        </>
      )}
    </div>
  )
}

function Choice({ list: { requiredFor, mayRequireFor, items } }: { list: AuthenticatorList }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<readonly SensitiveOperation[]>(requiredFor)
  const save = useApiMutation(requireAuthenticators, {
    invalidates: [listAuthenticators], onSuccess: () => showToast({ tone: 'success', title: t('authenticators.required.saved'), text: t('profile.administrators_told') }),
  })
  // A reload in the middle of the security check: the same attempt goes on.
  const isResumed = useRef(false)
  useEffect(() => {
    if (isResumed.current || !save.unfinished) return
    isResumed.current = true
    setChosen(save.unfinished.body.operations)
    save.submit(save.unfinished)
  }, [save])
  const isSame = mayRequireFor.every((one) => chosen.includes(one) === requiredFor.includes(one))
  const mayLockOut = items.length === 0 && chosen.length > 0
  const submit = () => {
    save.reset()
    save.submit({ body: { operations: mayRequireFor.filter((one) => chosen.includes(one)) } })
  }
  return (
    <>
      <p className="second">{t('authenticators.required.text')}</p>
      <fieldset className="require-choice">
        <legend className="hidden-text">{t('authenticators.required.title')}</legend>
        {mayRequireFor.map((one) => {
          const [words = one] = operationWords([one])
          return <Checkbox key={one} label={words} isChecked={chosen.includes(one)} isDisabled={save.isBusy} onChange={(isOn) => setChosen(isOn ? [...chosen, one] : chosen.filter((other) => other !== one))}><span>{words}</span></Checkbox>
        })}
      </fieldset>
      <OutcomeNotice outcome={save.outcome} onAskAgain={save.askAgain} />
      <FormError error={save.error} />
      {save.outcome === 'known' && (
        <Button isBusy={save.isBusy} disabledReason={save.isBusy ? undefined : isSame ? t('authenticators.required.same') : mayLockOut ? t('authenticators.required.own_first') : undefined} onPress={submit}>{t('authenticators.required.save')}</Button>
      )}
      {mayLockOut && <p className="caption">{t('authenticators.required.own_first')}</p>}
    </>
  )
}
