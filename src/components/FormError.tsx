import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { CopyButton } from './CopyButton.tsx'
import { tellError } from './form-error.ts'
import { Icon } from './Icon.tsx'

/** What the server refused, above the buttons of a form or dialog. It takes the focus, so that nobody misses it.
 *  @param children more about it, e.g. the refused rows. */
export function FormError({ error, children }: { error: Error | undefined; children?: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (error) box.current?.focus()
  }, [error])
  if (!error) return null
  const { text, requestId } = tellError(error)
  return (
    <div ref={box} className="note danger" role="alert" tabIndex={-1}>
      <Icon name="danger" />
      <div className="note-text"><span>{text}</span>{children}{requestId && <RequestId id={requestId} />}</div>
    </div>
  )
}

/** The number to quote to support. */
export function RequestId({ id }: { id: string }) {
  const { t } = useTranslation()
  return <span className="request-id">{t('common.state.request_id')} <span><span className="code">{id}</span><CopyButton text={id} what={t('common.state.request_id')} /></span></span>
}
