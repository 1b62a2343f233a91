import type { z } from 'zod/mini'
import { refusalStatus, type FieldError, type Problem } from '#contract/errors.ts'
import type { Locale } from '#contract/people.ts'
import { Refusal } from './refusal.ts'
import { fieldSentence, sentenceOf } from './sentences.ts'

const titles: Record<number, string> = {
  400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 409: 'Conflict', 413: 'Content Too Large', 415: 'Unsupported Media Type',
  422: 'Unprocessable Content', 423: 'Locked', 429: 'Too Many Requests', 500: 'Internal Server Error', 503: 'Service Unavailable',
}

/** @returns the refusal as a problem document: stable code, a sentence in the person's language, the request id, and no word of the inside. */
export function toProblem(refusal: Refusal, requestId: string, locale: Locale, timeZone: string): Problem {
  const { sentence, fields, rows, facts, proof, attemptsLeft, retryAfter } = refusal.more
  const status = refusalStatus[refusal.code]
  return {
    type: 'about:blank', title: titles[status] ?? 'Error', status, code: refusal.code,
    detail: sentenceOf(sentence ?? refusal.code, refusal.code, locale, { ...facts, ...(rows && { count: String(rows.length) }) }, timeZone), requestId,
    ...(fields && { fields: fields.map((field) => ({ ...field, message: field.message || fieldSentence(field.code, locale) })) }),
    ...(rows && { rows }), ...(facts && { facts }), ...(proof && { proof }), ...(attemptsLeft !== undefined && { attemptsLeft }), ...(retryAfter !== undefined && { retryAfter }),
  }
}

type Issue = z.core.$ZodIssue

/** @param issues what a contract's schema says of the input. @returns the refusal that names each field at fault. */
export function invalidInput(issues: readonly Issue[]): Refusal {
  const unknown = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys.map((key) => fieldError([...issue.path, key], 'unknown_field')) : []))
  if (unknown.length > 0) return new Refusal('unknown_field', { fields: unknown })
  const fields = issues.map((issue) => fieldError(issue.path, codeOf(issue)))
  const isCode = fields.length === 1 && fields[0]?.path === 'code'
  return new Refusal(isCode ? 'code_malformed' : 'invalid_input', { fields })
}

const fieldError = (path: readonly PropertyKey[], code: string): FieldError => ({ path: path.map(String).join('.'), code, message: '' })

/** Messages in the contract's schemas are keys; the library's own texts are not. */
function codeOf(issue: Issue): string {
  if (issue.code === 'invalid_type' && 'input' in issue && issue.input === undefined) return 'required'
  return /^[a-z0-9_]+$/.test(issue.message) ? issue.message : 'invalid'
}
