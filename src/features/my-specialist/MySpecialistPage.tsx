import { useEffect, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { customerSignOut, getCustomerSession } from '#contract/acceptance.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError, RequestId } from '#src/components/FormError.tsx'
import { tellError } from '#src/components/form-error.ts'
import { StateArt } from '#src/components/StateArt.tsx'
import { askAsCustomer, rememberCustomer } from '#src/public/ask-as-customer.ts'
import { PublicPage } from '#src/public/PublicPage.tsx'
import { useAttempt } from '#src/public/use-attempt.ts'
import { Invitation } from './Invitation.tsx'
import { LinkOver } from './LinkOver.tsx'
import { OwnSpecialist } from './OwnSpecialist.tsx'
import { presentToken, useMine } from './use-mine.ts'
import { Door } from './Door.tsx'
import './my-specialist.css'

/** Behind a project specialist's link, and afterwards the specialist's own page: whose specialist the account is, and its qualifications. */
export function MySpecialistPage() {
  const { t } = useTranslation()
  const [token, setToken] = useState(presentToken)
  const { loaded, read, take } = useMine(token)
  useEffect(() => { document.title = `${t('my_specialist.title')} · ${t('common.product')}` }, [t])
  /** The link has done its part: a reload shows the account's own page. */
  const goOn = () => {
    history.replaceState(null, '')
    setToken(undefined)
    read()
  }
  return (
    <PublicPage name="my-specialist" tools={loaded.at === 'own' && <SignOut onDone={read} />}>
      {loaded.at === 'loading' && <div className="skeletons" role="status" aria-busy="true" aria-label={t('my_specialist.loading')}><i className="skeleton" /><i className="skeleton" /><i className="skeleton" /></div>}
      {loaded.at === 'failed' && <Failed error={loaded.error} onRetry={read} />}
      {loaded.at === 'door' && <><h1 tabIndex={-1}>{t('my_specialist.title')}</h1><Door text={t('my_specialist.door_text')} onDone={read} /></>}
      {loaded.at === 'invitation' && token !== undefined && (loaded.view.state === 'open' ? <Invitation token={token} view={loaded.view} onSignedIn={read} onAccepted={goOn} /> : <LinkOver view={loaded.view} onGoOn={goOn} />)}
      {loaded.at === 'own' && <OwnSpecialist own={loaded.own} onSaved={take} />}
    </PublicPage>
  )
}

function SignOut({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const leaving = useAttempt()
  const leave = () => leaving.run(async () => {
    rememberCustomer((await askAsCustomer(getCustomerSession, {})).csrf)
    await askAsCustomer(customerSignOut, {})
    rememberCustomer('')
    onDone()
  })
  return <>{leaving.error && <FormError error={leaving.error} />}<Button variant="bare" isBusy={leaving.isBusy} onPress={() => void leave()}>{t('my_specialist.sign_out')}</Button></>
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation()
  const { text, requestId } = tellError(error)
  return (
    <div className="state" role="alert">
      <StateArt kind="error" />
      <h1>{t('my_specialist.failed_title')}</h1>
      <p>{text}</p>
      {requestId && <RequestId id={requestId} />}
      <div className="acts"><Button onPress={onRetry}>{t('common.retry')}</Button></div>
    </div>
  )
}
