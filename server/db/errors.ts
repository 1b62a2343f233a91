/** The connection died while COMMIT was under way: only asking again under the same request key tells what happened. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown'
}

/** @returns the SQLSTATE of a database error of either engine, or undefined for anything else. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : undefined
}

/** @returns what the database adds to an error, or nothing. */
export const detailOf = (error: unknown): string => (error instanceof Error && 'detail' in error && typeof error.detail === 'string' ? error.detail : '')

/** @returns the name of the constraint that refused, if one did. */
export function brokenConstraint(error: unknown): string | undefined {
  return error instanceof Error && 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : undefined
}

/** Serialization failure and deadlock: the whole transaction may simply run again. */
export const mayRetry = (error: unknown): boolean => ['40001', '40P01'].includes(sqlState(error) ?? '')

/** What was sent with the commit did not come out as foreseen: an account holds less, a proof does not fit, a rival was faster. Nothing has happened. */
export const isUnforeseen = (error: unknown): boolean => ['PC002', 'PC003', '23505', '23514'].includes(sqlState(error) ?? '')

/** Lock not available, statement cancelled by time-out, too many connections, shutting down, disk full: later it may work. */
const busyStates = ['55P03', '57014', '53300', '57P01', '57P02', '57P03', '53100', '53200']
/** What a socket says whose other end is gone, and what the driver says of it. */
const lostCodes = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTCONN', 'ETIMEDOUT', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END']
const lostSentences = /timeout exceeded when trying to connect|Connection terminated|ECONNREFUSED|ECONNRESET|EPIPE|socket has been ended|Client was closed|Client has encountered a connection error/

/** @returns whether the database said that it cannot now, or said nothing because the connection is gone, as opposed to that the statement was wrong. */
export function isBusy(error: unknown): boolean {
  if (busyStates.includes(sqlState(error) ?? '')) return true
  return error instanceof Error && (('code' in error && typeof error.code === 'string' && lostCodes.includes(error.code)) || lostSentences.test(error.message))
}
