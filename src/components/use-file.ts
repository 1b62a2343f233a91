import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Uploaded } from '#contract/business.ts'
import { Cancelled, Unreachable } from '#src/api/api-error.ts'
import { upload } from '#src/api/upload.ts'
import { tellError } from './form-error.ts'

export type FileState =
  | { at: 'none'; /** Why the last file was not taken, and the number to quote. */ problem?: { text: string; requestId?: string | undefined } }
  | { at: 'sending'; name: string; percent: number }
  | { at: 'sent'; name: string; fileId: string }

const bytesMax = 5 * 1024 * 1024

/** @param endings what a file's name may end with: systems know no type for OFD. @returns why a file is not worth sending; the server looks into it. */
export function whyNotSent({ name, size }: Pick<File, 'name' | 'size'>, endings: readonly string[]): 'wrong_type' | 'too_large' | 'empty' | undefined {
  if (!endings.some((ending) => name.toLowerCase().endsWith(ending))) return 'wrong_type'
  return size > bytesMax ? 'too_large' : size === 0 ? 'empty' : undefined
}

/** A file of a form: sent as soon as it is chosen, given up when the form goes. @param path where the contract takes it. @param endings such as `.pdf`. */
export function useFile(path: string, endings: readonly string[]) {
  const { t } = useTranslation()
  const [file, setFile] = useState<FileState>({ at: 'none' })
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
    if (why) return setFile({ at: 'none', problem: { text: t(`upload.${why}`) } })
    const { name } = chosen
    const attempt = new AbortController()
    running.current = attempt
    setFile({ at: 'sending', name, percent: 0 })
    try {
      const { fileId } = await upload(path, Uploaded, chosen, { signal: attempt.signal, onProgress: (percent) => !attempt.signal.aborted && setFile({ at: 'sending', name, percent }) })
      if (!attempt.signal.aborted) setFile({ at: 'sent', name, fileId })
    } catch (error) {
      if (attempt.signal.aborted || error instanceof Cancelled) return
      setFile({ at: 'none', problem: error instanceof Unreachable ? { text: t('upload.failed') } : tellError(error) })
    }
  }
  return { file, send: (chosen: File) => void send(chosen), stop }
}
