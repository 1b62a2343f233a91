/** @param value plain JSON. @returns its text with sorted keys and without undefined, so that equal inputs have equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isRecord(inner) ? Object.fromEntries(Object.entries(inner).filter(([, item]) => item !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner) ?? ''
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
