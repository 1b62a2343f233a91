import { useEffect, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { ApiError } from '#src/api/api-error.ts'
import { Button } from '#src/components/Button.tsx'
import { tellError } from '#src/components/form-error.ts'
import { RequestId } from '#src/components/FormError.tsx'
import { Icon } from '#src/components/Icon.tsx'

type Props = {
  /** What the server refused; it takes the focus. */
  error: Error | undefined
  /** Instead of the server's sentence. */
  sentence?: string | undefined
  rows: readonly { id: string; who: string; problem: string }[]
  title: string; dropLabel: string
  /** Takes the refused rows off; absent where nothing would be left. */
  onDrop: (() => void) | undefined
}

/** The refused rows of a batch with their reasons, and taking them off; or what else was refused. */
export function RefusedRows({ error, sentence, rows, title, dropLabel, onDrop }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (error) box.current?.focus()
  }, [error])
  const isAboutRows = error instanceof ApiError && (error.failure.rows?.length ?? 0) > 0
  // Every refused row has been taken off since.
  const shown = isAboutRows && rows.length === 0 ? undefined : error
  if (!shown && rows.length === 0) return null
  const told = shown && tellError(shown)
  return (
    <div ref={box} className="note danger refused-rows" role="alert" tabIndex={-1}>
      <Icon name="danger" />
      <div className="note-text">
        <span className="strong">{told && !isAboutRows ? sentence ?? told.text : title}</span>
        {rows.length > 0 && (
          <ul>
            {rows.map(({ id, who, problem }) => (
              <li key={id}><button type="button" className="text-link" onClick={() => document.querySelector<HTMLElement>(`[data-refused="${id}"]`)?.focus()}>{who}</button>{t('common.colon')}{problem}</li>
            ))}
          </ul>
        )}
        {rows.length > 0 && onDrop && <Button isSmall onPress={onDrop}>{dropLabel}</Button>}
        {told?.requestId && <RequestId id={told.requestId} />}
      </div>
    </div>
  )
}
