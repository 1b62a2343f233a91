import i18next from 'i18next'
import { ApiError, Unreachable } from '#src/api/api-error.ts'
import { translateKey } from '#src/i18n/i18n.ts'

export type Told = { text: string; requestId: string | undefined }

/** @param error what a call threw. @returns one sentence for the person, and the request id to quote. */
export function tellError(error: unknown): Told {
  if (error instanceof ApiError) return { text: error.failure.detail, requestId: error.failure.requestId }
  if (error instanceof Unreachable) return { text: i18next.t('errors.unreachable'), requestId: undefined }
  return { text: i18next.t('errors.unexpected'), requestId: undefined }
}

/** @param code a message key of a contract schema, e.g. `amount`. @param field the label, for sentences that name it. */
export function fieldMessage(code: string | undefined, field: string): string | undefined {
  if (code === undefined) return undefined
  // Codes of their own, too: their sentences name the field.
  if (code === '' || code === 'missing') return i18next.t('errors.field.missing', { field })
  const fallback = i18next.t('errors.field.invalid', { field })
  return code === 'invalid' ? fallback : translateKey(`errors.field.${code}`, { fallback })
}
