import { useEffect, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { customerSignOut, getCustomerSession, getMyPartner } from '#contract/acceptance.ts'
import type { Answer } from '#contract/endpoint.ts'
import { ApiError } from '#src/api/api-error.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError, RequestId } from '#src/components/FormError.tsx'
import { tellError } from '#src/components/form-error.ts'
import { StateArt } from '#src/components/StateArt.tsx'
import { paths } from '#src/paths.ts'
import { askAsCustomer, rememberCustomer } from '#src/public/ask-as-customer.ts'
import { PublicPage } from '#src/public/PublicPage.tsx'
import { useAttempt } from '#src/public/use-attempt.ts'
import { PartnerFacts } from './PartnerFacts.tsx'
import './my.css'

type Loaded = { at: 'loading' } | { at: 'failed'; error: unknown } | { at: 'seen'; mine: Answer<typeof getMyPartner> }

/** The customer's own page: its partner, what it has agreed to, and what is left of its balance. */
export function MyPartnerPage() {
  const { t } = useTranslation()
  const { loaded, read } = useMine()
  const leaving = useAttempt()
  useEffect(() => { document.title = `${t('my.title')} · ${t('common.product')}` }, [t])
  const leave = () => leaving.run(async () => {
    rememberCustomer((await askAsCustomer(getCustomerSession, {})).csrf)
    await askAsCustomer(customerSignOut, {})
    rememberCustomer('')
    location.assign(paths.mySignIn())
  })
  const isSignedIn = loaded.at === 'seen'
  return (
    <PublicPage name="my-partner" tools={isSignedIn && <Button variant="bare" isBusy={leaving.isBusy} onPress={() => void leave()}>{t('my.sign_out')}</Button>}>
      {leaving.error && <FormError error={leaving.error} />}
      {loaded.at === 'loading' && <div className="skeletons" role="status" aria-busy="true" aria-label={t('my.loading')}><i className="skeleton" /><i className="skeleton" /><i className="skeleton" /></div>}
      {loaded.at === 'failed' && <Failed error={loaded.error} onRetry={read} />}
      {loaded.at === 'seen' && <Mine mine={loaded.mine} />}
    </PublicPage>
  )
}

/** Whoever is not signed in goes to the door first. */
function useMine(): { loaded: Loaded; read: () => void } {
  const [loaded, setLoaded] = useState<Loaded>({ at: 'loading' })
  const [round, setRound] = useState(0)
  useEffect(() => {
    let isGone = false
    void (async () => {
      try {
        const mine = await askAsCustomer(getMyPartner, {})
        if (!isGone) setLoaded({ at: 'seen', mine })
      } catch (error) {
        if (isGone) return
        if (error instanceof ApiError && error.failure.code === 'not_signed_in') location.replace(paths.mySignIn())
        else setLoaded({ at: 'failed', error })
      }
    })()
    return () => { isGone = true }
  }, [round])
  return { loaded, read: () => setRound(round + 1) }
}

function Mine({ mine }: { mine: Answer<typeof getMyPartner> }) {
  const { t } = useTranslation()
  return (
    <>
      <h1 tabIndex={-1}>{t('my.title')}</h1>
      <p className="caption">{t('my.signed_in_as', { account: mine.accountName })}</p>
      {mine.partner ? <PartnerFacts partner={mine.partner} /> : <div className="state"><StateArt kind="nothing" /><h2>{t('my.none_title')}</h2><p>{t('my.none_text')}</p></div>}
    </>
  )
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation()
  const { text, requestId } = tellError(error)
  return (
    <div className="state" role="alert">
      <StateArt kind="error" />
      <h1>{t('my.failed_title')}</h1>
      <p>{text}</p>
      {requestId && <RequestId id={requestId} />}
      <div className="acts"><Button onPress={onRetry}>{t('common.retry')}</Button></div>
    </div>
  )
}
