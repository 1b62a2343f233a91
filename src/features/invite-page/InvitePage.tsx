import { useEffect, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from '#src/components/Button.tsx'
import { tellError } from '#src/components/form-error.ts'
import { RequestId } from '#src/components/FormError.tsx'
import { StateArt } from '#src/components/StateArt.tsx'
import { PublicPage } from '#src/public/PublicPage.tsx'
import { InviteSteps } from './InviteSteps.tsx'
import { LinkProblem } from './LinkProblem.tsx'
import { useInvite } from './use-invite.ts'
import './invite-page.css'

/** Behind an invitation link: a customer registers or signs in and is associated with the partner. */
export function InvitePage() {
  const { t } = useTranslation()
  const [token] = useState(presentToken)
  const { loaded, startAnew, look } = useInvite(token)
  useEffect(() => { document.title = `${t('invite_page.title')} · ${t('common.product')}` }, [t])
  return (
    <PublicPage name="invite">
      {loaded.at === 'loading' && <div className="skeletons" role="status" aria-busy="true" aria-label={t('invite_page.loading')}><i className="skeleton" /><i className="skeleton" /><i className="skeleton" /></div>}
      {loaded.at === 'failed' && <Failed error={loaded.error} onRetry={startAnew} />}
      {loaded.at === 'seen' && (loaded.view.state === 'open' && token !== undefined
        ? <InviteSteps token={token} view={loaded.view} look={look} />
        : <LinkProblem view={loaded.view} />)}
    </PublicPage>
  )
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation()
  const { requestId } = tellError(error)
  return (
    <div className="state" role="alert">
      <StateArt kind="error" />
      <h1>{t('invite_page.failed_title')}</h1>
      <p>{t('invite_page.failed_text')}</p>
      {requestId && <RequestId id={requestId} />}
      <div className="acts"><Button onPress={onRetry}>{t('common.retry')}</Button></div>
    </div>
  )
}

/** index.html has moved the token from the address into this entry of the history, where a reload finds it and nobody else. */
function presentToken(): string | undefined {
  const state: unknown = history.state
  return typeof state === 'object' && state !== null && 'invite' in state && typeof state.invite === 'string' && state.invite !== '' ? state.invite : undefined
}
