import { useEffect, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { ApiError } from '#src/api/api-error.ts'
import { Button } from '#src/components/Button.tsx'
import { RequestId } from '#src/components/FormError.tsx'
import { tellError } from '#src/components/form-error.ts'
import { Icon } from '#src/components/Icon.tsx'
import { formatMoney } from '#src/lib/format.ts'
import { focusAmount, type MoveRow, type MoveRows } from './use-move-rows.ts'

/** What is wrong with the form, above its buttons: the refusal in words, the rows at fault with the way to each, and taking them off the list.
 *  @param error what the server refused; it takes the focus. @param isBatch one customer says it at its field instead. */
export function MoveProblems({ error, list, isBatch }: { error: Error | undefined; list: MoveRows; isBatch: boolean }) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (error) box.current?.focus()
  }, [error])
  const wrong = list.rows.filter((row) => row.problem)
  const isAboutRows = isRowRefusal(error)
  // Every refused row has been corrected or taken off since.
  const shown = isAboutRows && wrong.length === 0 ? undefined : error
  if (!shown && (wrong.length === 0 || !isBatch)) return null
  const told = shown && tellError(shown)
  return (
    <div ref={box} className="note danger move-problems" role="alert" tabIndex={-1}>
      <Icon name="danger" />
      <div className="note-text">
        <span className="strong">{shown && !isAboutRows ? <Sentence error={shown} /> : isBatch ? t('funds.rows_wrong', { count: wrong.length }) : t('funds.one_wrong', { reason: wrong[0]?.problem?.text ?? '' })}</span>
        {isBatch && wrong.length > 0 && <Rows rows={wrong} />}
        {isBatch && wrong.length > 0 && wrong.length < list.rows.length && (
          <Button isSmall onPress={() => list.drop(wrong.map((row) => row.target.customerId))}>{t('funds.drop_rows', { count: wrong.length })}</Button>
        )}
        {told?.requestId && <RequestId id={told.requestId} />}
      </div>
    </div>
  )
}

function Rows({ rows }: { rows: readonly MoveRow[] }) {
  const { t } = useTranslation()
  return (
    <ul>
      {rows.map(({ target, problem }) => (
        <li key={target.customerId}>
          <button type="button" className="text-link" onClick={() => focusAmount(target.customerId)}>
            {target.nameMasked} {t('funds.id_tail', { tail: target.number.slice(-4) })}
          </button>
          {t('common.colon')}{problem?.text}
        </li>
      ))}
    </ul>
  )
}

/** The refusal as a sentence; amounts in it get their separators. */
function Sentence({ error }: { error: Error }) {
  const { t } = useTranslation()
  if (!(error instanceof ApiError)) return tellError(error).text
  const { code, facts, fields, detail } = error.failure
  const { available, needed, short } = facts ?? {}
  if (code === 'insufficient_funds' && available && needed && short) return t('funds.insufficient', { available: formatMoney(available), needed: formatMoney(needed), short: formatMoney(short) })
  if (code === 'invalid_input' && fields?.[0]) return fields.map((field) => field.message).join(' ')
  return detail
}

/** @returns whether the server named the rows at fault. */
const isRowRefusal = (error: Error | undefined): boolean => error instanceof ApiError && (error.failure.rows?.length ?? 0) > 0
