import { paths } from '#src/paths.ts'

/** @returns the address of the request form with these statements ticked. */
export const requestOf = (ids: readonly string[]): string => paths.incentivePayments({ do: 'request', ids: ids.join('.') })
