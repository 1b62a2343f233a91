import type { Ref } from 'react'
import { cleanCode } from '#src/lib/clean.ts'

type Props = { ref: Ref<HTMLInputElement>; id: string; code: string; onCode: (code: string) => void; isWrong: boolean; describedBy: string; isLocked: boolean }

/** Where six digits are typed or pasted: blanks and full-width digits are cleaned on the way in. */
export const CodeInput = ({ ref, id, code, onCode, isWrong, describedBy, isLocked }: Props) => (
  <span className={`field code-field ${isWrong ? 'wrong' : ''}`}>
    <input
      ref={ref} id={id} name="code" type="text" inputMode="numeric" autoComplete="one-time-code" value={code} spellCheck={false}
      aria-describedby={describedBy} {...(isWrong && { 'aria-invalid': true })} readOnly={isLocked} onChange={(event) => onCode(cleanCode(event.target.value))}
    />
  </span>
)
