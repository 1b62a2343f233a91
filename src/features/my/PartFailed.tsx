import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from '#src/components/Button.tsx'
import { RequestId } from '#src/components/FormError.tsx'
import { tellError } from '#src/components/form-error.ts'
import { Notice } from '#src/components/Notice.tsx'

/** A part of the page could not be read; the rest of it stands. */
export function PartFailed({ words, error, onRetry }: { words: string; error: Error; onRetry: () => void }) {
  const { t } = useTranslation()
  const { text, requestId } = tellError(error)
  return <Notice tone="danger" isAlert action={<Button isSmall onPress={onRetry}>{t('common.retry')}</Button>}><span>{words}</span><span>{text}</span>{requestId && <RequestId id={requestId} />}</Notice>
}
