import { useEffect, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { ApiError } from '#src/api/api-error.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError, RequestId } from '#src/components/FormError.tsx'
import { Icon } from '#src/components/Icon.tsx'
import type { RequestableItem } from './rules.ts'

type Props = { error: Error | undefined; items: readonly RequestableItem[]; /** Ids in the order in which they were sent. */ sent: readonly string[]; onDrop: (ids: readonly string[]) => void; onReload: () => void }

/** What the server refused: statements with their reasons and the way to go on without them, or figures that are old by now. It takes the focus. */
export function RequestProblems({ error, items, sent, onDrop, onReload }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => { if (error) box.current?.focus() }, [error])
  if (!(error instanceof ApiError)) return <FormError error={error} />
  const { code, rows = [], requestId } = error.failure
  if (code !== 'stale' && rows.length === 0) return <FormError error={error} />
  const refused = rows.map(({ row, message }) => ({ id: sent[row] ?? '', message }))
  const isAll = new Set(refused.map(({ id }) => id)).size >= sent.length
  return (
    <div ref={box} className={`note ${code === 'stale' ? 'warning' : 'danger'} request-problems`} role="alert" tabIndex={-1}>
      <Icon name={code === 'stale' ? 'warning' : 'danger'} />
      <div className="note-text">
        <span className="strong">{code === 'stale' ? t('payments.form.stale_title') : t('payments.form.refused', { count: refused.length })}</span>
        {code === 'stale' && <span>{t('payments.form.stale')}</span>}
        {refused.length > 0 && <ul>{refused.map(({ id, message }) => <li key={id}>{items.find((item) => item.id === id)?.number ?? ''}{t('common.colon')}{message}</li>)}</ul>}
        {code === 'stale' && <Button isSmall onPress={onReload}>{t('payments.form.reload')}</Button>}
        {refused.length > 0 && !isAll && <Button isSmall onPress={() => onDrop(refused.map(({ id }) => id))}>{t('payments.form.drop', { count: refused.length })}</Button>}
        <RequestId id={requestId} />
      </div>
    </div>
  )
}
