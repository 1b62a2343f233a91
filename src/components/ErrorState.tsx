import { useTranslation } from '#src/i18n/use-translation.ts'
import { ApiError, Unreachable } from '#src/api/api-error.ts'
import { Button } from './Button.tsx'
import { EmptyState } from './EmptyState.tsx'
import { RequestId } from './FormError.tsx'
import { Notice } from './Notice.tsx'
import { StateArt } from './StateArt.tsx'

/** Something could not be read: what happened, that nothing was changed, the request id, and Retry. Not found and no right look different.
 *  @param isInline a note above what is still on the screen. */
export function ErrorState({ error, onRetry, isInline = false, title }: { error: Error; onRetry?: () => void; isInline?: boolean; title?: string }) {
  const { t } = useTranslation()
  const failure = error instanceof ApiError ? error.failure : undefined
  const text = error instanceof Unreachable ? t('common.state.unreachable_text') : failure && failure.status < 500 ? failure.detail : t('common.state.error_text')
  const retry = onRetry && <Button isSmall={isInline} onPress={onRetry}>{t('common.retry')}</Button>
  if (isInline) return <Notice tone="danger" isAlert action={retry}>{text}{failure && <RequestId id={failure.requestId} />}</Notice>
  if (failure?.code === 'no_permission') return <EmptyState kind="no-right" title={t('common.state.no_right_title')} text={failure.detail} />
  if (failure?.code === 'not_found') return <EmptyState kind="no-right" title={t('common.state.not_found_title')} text={t('common.state.not_found_text')} />
  return (
    <div className="state" role="alert">
      <StateArt kind="error" />
      <h2>{title ?? t('common.state.error_title')}</h2>
      <p>{text}</p>
      {failure && <RequestId id={failure.requestId} />}
      <div className="acts">{retry}</div>
    </div>
  )
}
