import { useEffect, useRef, useState } from 'react'
import type * as z from 'zod/mini'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Cancelled, Unreachable } from '#src/api/api-error.ts'
import { upload } from '#src/api/upload.ts'
import { tellError } from './form-error.ts'

/** Where the file of a form is. `A` is what the server said about one that arrived. */
export type FileState<A> =
  | { at: 'none'; /** Why the last file was not taken, and the number to quote. */ problem?: { text: string; requestId?: string | undefined } }
  | { at: 'sending'; name: string; percent: number }
  | { at: 'sent'; name: string; answer: A }

type Options<A> = {
  /** Where the contract takes it, and what it answers. */
  path: string
  answer: z.ZodMiniType<A>
  /** Such as `.pdf`. */
  endings: readonly string[]
  onSent?: (answer: A) => void
}

const bytesMax = 5 * 1024 * 1024

/** @param endings what a file's name may end with: systems know no type for OFD. @returns why a file is not worth sending; the server looks into it. */
export function whyNotSent({ name, size }: Pick<File, 'name' | 'size'>, endings: readonly string[]): 'wrong_type' | 'too_large' | 'empty' | undefined {
  if (!endings.some((ending) => name.toLowerCase().endsWith(ending))) return 'wrong_type'
  return size > bytesMax ? 'too_large' : size === 0 ? 'empty' : undefined
}

/** A file of a form: sent as soon as it is chosen, given up when the form goes. */
export function useFile<A>({ path, answer, endings, onSent }: Options<A>) {
  const { t } = useTranslation()
  const [file, setFile] = useState<FileState<A>>({ at: 'none' })
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const stop = () => {
    running.current?.abort()
    running.current = undefined
    setFile({ at: 'none' })
  }
  const send = async (chosen: File) => {
    stop()
    const why = whyNotSent(chosen, endings)
    if (why) return setFile({ at: 'none', problem: { text: t(`upload.${why}`, { types: endings.map((ending) => ending.slice(1).toUpperCase()).join(t('common.list_separator')) }) } })
    const { name } = chosen
    const attempt = new AbortController()
    running.current = attempt
    setFile({ at: 'sending', name, percent: 0 })
    try {
      const said = await upload(path, answer, chosen, { signal: attempt.signal, onProgress: (percent) => !attempt.signal.aborted && setFile({ at: 'sending', name, percent }) })
      if (attempt.signal.aborted) return
      setFile({ at: 'sent', name, answer: said })
      onSent?.(said)
    } catch (error) {
      if (attempt.signal.aborted || error instanceof Cancelled) return
      setFile({ at: 'none', problem: error instanceof Unreachable ? { text: t('upload.failed') } : tellError(error) })
    }
  }
  return { file, send: (chosen: File) => void send(chosen), stop }
}
