import type { ReactNode } from 'react'

type Common = { key: string; label: string }

/** A filter of a list. The bar shows it as a chip; a phone shows it as a field in a sheet. */
export type Filter = Common & (
  | { kind: 'choice'; options: readonly { value: string; label: string }[]; value: string | undefined; onChange: (value: string | undefined) => void }
  /** Days as YYYY-MM-DD in the partner's time zone. */
  | { kind: 'days'; from: string | undefined; to: string | undefined; onChange: (range: { from: string | undefined; to: string | undefined }) => void; future?: boolean }
  /** Amounts as on the wire, `1200.00`. */
  | { kind: 'amounts'; min: string | undefined; max: string | undefined; onChange: (range: { min: string | undefined; max: string | undefined }) => void }
  /** Whole numbers, e.g. percent. */
  | { kind: 'numbers'; min: number | undefined; max: number | undefined; unit?: string; onChange: (range: { min: number | undefined; max: number | undefined }) => void }
  /** `check` refuses with a key under `errors.field`. `kept` is shown where a value applies that this tab does not know, as after a reload. */
  | { kind: 'text'; value: string | undefined; kept?: string | undefined; hint?: ReactNode; isPersonal?: boolean; /** Before anything else looks at what was typed. */ clean?: (text: string) => string; check?: (text: string) => string | undefined; onChange: (value: string | undefined) => void }
)

/** @returns whether the filter narrows the list. */
export function isSet(filter: Filter): boolean {
  switch (filter.kind) {
    case 'choice': return filter.value !== undefined && filter.value !== ''
    case 'text': return (filter.value ?? filter.kept ?? '') !== ''
    case 'days': return filter.from !== undefined || filter.to !== undefined
    case 'amounts': case 'numbers': return filter.min !== undefined || filter.max !== undefined
  }
}

/** Takes the filter away. */
export function unset(filter: Filter): void {
  switch (filter.kind) {
    case 'choice': case 'text': return filter.onChange(undefined)
    case 'days': return filter.onChange({ from: undefined, to: undefined })
    case 'amounts': case 'numbers': return filter.onChange({ min: undefined, max: undefined })
  }
}
