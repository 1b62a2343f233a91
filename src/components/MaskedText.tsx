import type { ReactNode } from 'react'
import type { Masked } from '#contract/masked.ts'
import type { RevealField } from '#contract/reveals.ts'
import { formatMobile } from '#src/lib/format.ts'
import { CopyButton } from './CopyButton.tsx'
import { Eye, useEyeLabel } from './Eye.tsx'
import { useReveal } from './use-reveal.ts'

type Props = {
  /** Whose value it is: what the page's RevealProvider says its ids are of. */
  id: string
  field: RevealField
  masked: Masked
  /** The field's words, for the names of the buttons. */
  label: string
  /** Draws the text, e.g. as a link; it gets the mask or the clear value. */
  children?: (text: string) => ReactNode
  /** Sits under a column eye only: no eye of its own. */
  hasEye?: boolean
}

/** A masked value with its eye. Inside a RevealProvider; a value that does not exist is the caller's dash, without an eye. */
export function MaskedText({ id, field, masked, label, children = (text) => text, hasEye = true }: Props) {
  const reveal = useReveal()
  const eyeLabel = useEyeLabel(label)
  const revealed = reveal?.find(id, field)
  const clear = revealed?.at === 'shown' ? revealed.value : null
  const text = clear ?? masked
  return (
    <span className="cell">
      <span className={clear === null ? undefined : 'clear-value'}>{children(field === 'mobile' && clear !== null ? formatMobile(clear) : text)}</span>
      {hasEye && reveal?.mayReveal && (
        <Eye
          label={eyeLabel} reveal={reveal} hideAt={revealed?.at === 'shown' ? revealed.hideAt : undefined}
          state={revealed?.at === 'loading' ? 'loading' : revealed?.at === 'shown' ? 'shown' : 'masked'}
          onShow={() => reveal.show([id], [field])} onHide={() => reveal.hide([id], [field])}
        />
      )}
      {clear !== null && <CopyButton text={clear} what={label} />}
    </span>
  )
}
