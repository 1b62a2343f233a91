import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { ApiError } from '#src/api/api-error.ts'
import { fieldMessage } from '#src/components/form-error.ts'
import { nameProblem } from './authenticator.ts'

export type NameEntry = {
  field: { value: string; onChange: (text: string) => void; problem: string | undefined }
  /** @returns the name to send, or undefined after saying what is wrong with it. */
  read: () => string | undefined
  /** Takes what the server says about the name. @returns whether it did. */
  refuse: (error: unknown) => boolean
}

/** The name of an authenticator, typed. @param first the text to begin with. */
export function useName(first: string): NameEntry {
  const { t } = useTranslation()
  const [value, setValue] = useState(first)
  const [problem, setProblem] = useState<string>()
  const point = (sentence: string | undefined) => {
    setProblem(sentence)
    if (sentence !== undefined) document.querySelector<HTMLInputElement>('.dialog [name=name]')?.focus()
  }
  return {
    field: { value, problem, onChange: (text) => { setValue(text); setProblem(undefined) } },
    read: () => {
      const found = nameProblem(value)
      point(fieldMessage(found, t('authenticators.add.name')))
      return found ? undefined : value.trim()
    },
    refuse: (error) => {
      const field = error instanceof ApiError ? error.failure.fields?.find(({ path }) => path === 'name') : undefined
      if (!field || !(error instanceof ApiError)) return false
      point(field.message || error.failure.detail)
      return true
    },
  }
}
