import type { InputHTMLAttributes, ReactNode, Ref } from 'react'

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'size'> & {
  value: string
  onChange: (text: string) => void
  ref?: Ref<HTMLInputElement>
  /** Inside the field, before and after the text. */
  before?: ReactNode
  after?: ReactNode
  isLarge?: boolean
}

/** One line of text. */
export function TextInput({ value, onChange, before, after, isLarge = false, className = '', ref, ...rest }: Props) {
  return (
    <span className={`field ${isLarge ? 'large' : ''} ${className}`}>
      {before}
      <input ref={ref} type="text" value={value} onChange={(event) => onChange(event.target.value)} autoComplete="off" {...rest} />
      {after}
    </span>
  )
}
