import { useTranslation } from '#src/i18n/use-translation.ts'
import { isRouteErrorResponse, useRouteError } from 'react-router'
import { ApiError, Unreachable } from '#src/api/api-error.ts'
import { Button } from './Button.tsx'
import { ErrorState } from './ErrorState.tsx'
import { NotFound } from './NotFound.tsx'
import { StateArt } from './StateArt.tsx'

/** What stands in place of a page that failed: what happened, that nothing was changed, the request id where there is one, and a way on. */
export function ErrorPage() {
  const { t } = useTranslation()
  const error = useRouteError()
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />
  if (error instanceof ApiError || error instanceof Unreachable) return <main className="lone"><h1 className="hidden-text">{t('common.state.error_title')}</h1><ErrorState error={error} onRetry={() => location.reload()} /></main>
  return (
    <main className="lone">
      <div className="state" role="alert">
        <StateArt kind="error" />
        <h1>{t('common.state.broken_title')}</h1>
        <p>{t('common.state.broken_text')}</p>
        <div className="acts"><Button onPress={() => location.reload()}>{t('common.state.reload')}</Button></div>
      </div>
    </main>
  )
}
