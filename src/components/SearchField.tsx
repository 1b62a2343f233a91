import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import { TextInput } from './TextInput.tsx'

export type SearchFieldProps = {
  /** Its name and placeholder. */
  label: string
  value: string
  /** Called 300 ms after the last key, at once on Enter, and with an empty text when cleared. */
  onChange: (text: string) => void
  /** Shorter texts are not sent. */
  minLength?: number
}

/** The text filter of a list. What is typed stays in the page's memory and travels in request bodies, never in the address. */
export function SearchField({ label, value, onChange, minLength = 2 }: SearchFieldProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(value)
  const [outer, setOuter] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  if (outer !== value) {
    setOuter(value)
    setText(value)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  const send = (next: string) => {
    clearTimeout(timer.current)
    const wanted = next.trim()
    if (wanted !== value && (wanted === '' || wanted.length >= minLength)) {
      setOuter(wanted)
      onChange(wanted)
    }
  }
  const type = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    if (next === '') send('')
    else timer.current = setTimeout(() => send(next), 300)
  }
  return (
    <form className="search-form" role="search" onSubmit={(event) => { event.preventDefault(); send(text) }}>
      <TextInput
        className="wide" data-filter value={text} onChange={type} placeholder={label} aria-label={label} type="text" inputMode="search" maxLength={64}
        spellCheck={false} before={<Icon name="search" />} after={text && <IconButton icon="close" label={t('common.filter.clear_one', { label })} onPress={() => type('')} />}
      />
    </form>
  )
}
