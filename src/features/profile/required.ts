import { requirable, type SensitiveOperation } from '#contract/operations.ts'
import { translateKey } from '#src/i18n/i18n.ts'

/** @returns the plain words of operations, in the order in which they are offered. */
export const operationWords = (operations: readonly SensitiveOperation[]): string[] =>
  [...requirable, ...operations.filter((one) => !requirable.some((offered) => offered === one))].filter((one) => operations.includes(one))
    .map((one) => translateKey(`authenticators.required.operation.${one.replaceAll('.', '_')}`, { fallback: one }))
