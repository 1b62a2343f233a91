import type { ReactNode } from 'react'

export type Tone = 'success' | 'info' | 'warning' | 'danger' | 'neutral'

/** A state in words; the mark's shape repeats the tone. @param isPlain the expected state: a dot and grey text. @param isLabel words that
 *  people wrote: no mark. */
export const StatusTag = ({ tone = 'neutral', isPlain = false, isLabel = false, children }: { tone?: Tone; isPlain?: boolean; isLabel?: boolean; children: ReactNode }) => (
  <span className={`tag ${tone} ${isPlain ? 'plain' : ''} ${isLabel ? 'text' : ''}`}>{children}</span>
)
