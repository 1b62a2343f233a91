import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { whitelistBytesMax, WhitelistPreview, whitelistUploadPath } from '#contract/coupon-whitelist.ts'
import { Cancelled, Unreachable } from '#src/api/api-error.ts'
import { upload as sendFile } from '#src/api/upload.ts'
import { tellError } from '#src/components/form-error.ts'

export type Upload =
  | { at: 'none'; /** Why the last file was not taken, and the number to quote. */ problem?: { text: string; requestId?: string | undefined } }
  | { at: 'sending'; name: string; percent: number }
  | { at: 'read'; name: string; preview: WhitelistPreview }

/** @returns why a file need not be sent. */
const whyNotSent = ({ size }: Pick<File, 'size'>): 'empty' | 'too_large' | undefined => (size === 0 ? 'empty' : size > whitelistBytesMax ? 'too_large' : undefined)

/** The file of a new version: sent as soon as it is chosen, given up when the dialog goes. */
export function useUpload() {
  const { t } = useTranslation()
  const [upload, setUpload] = useState<Upload>({ at: 'none' })
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const stop = (problem?: { text: string; requestId?: string | undefined }) => {
    running.current?.abort()
    running.current = undefined
    setUpload({ at: 'none', ...(problem && { problem }) })
  }
  const send = async (file: File) => {
    const why = whyNotSent(file)
    stop(why && { text: t(`whitelist.import.${why}`) })
    if (why) return
    const { name } = file
    const attempt = new AbortController()
    running.current = attempt
    setUpload({ at: 'sending', name, percent: 0 })
    try {
      const preview = await sendFile(whitelistUploadPath, WhitelistPreview, file, { signal: attempt.signal, onProgress: (percent) => !attempt.signal.aborted && setUpload({ at: 'sending', name, percent }) })
      if (!attempt.signal.aborted) setUpload({ at: 'read', name, preview })
    } catch (error) {
      if (attempt.signal.aborted || error instanceof Cancelled) return
      setUpload({ at: 'none', problem: error instanceof Unreachable ? { text: t('whitelist.import.failed') } : tellError(error) })
    }
  }
  return { upload, send: (file: File) => void send(file), stop: () => stop() }
}
