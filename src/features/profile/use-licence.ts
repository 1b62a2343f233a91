import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Cancelled, Unreachable } from '#src/api/api-error.ts'
import { tellError } from '#src/components/form-error.ts'
import { type Read, whyNotSent } from './company-form.ts'
import { uploadLicence } from './upload-licence.ts'

export type Licence =
  | { at: 'none'; /** Why the last file was not taken, and the number to quote. */ problem?: { text: string; requestId?: string | undefined } }
  | { at: 'sending'; name: string; percent: number }
  | { at: 'read'; name: string; fileId: string; read: Read }

/** The licence of a change: sent as soon as it is chosen, given up when the dialog goes. @param onRead gets what stands on it. */
export function useLicence(onRead: (read: Read) => void) {
  const { t } = useTranslation()
  const [licence, setLicence] = useState<Licence>({ at: 'none' })
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const stop = () => {
    running.current?.abort()
    running.current = undefined
    setLicence({ at: 'none' })
  }
  const send = async (file: File) => {
    stop()
    const why = whyNotSent(file)
    if (why) return setLicence({ at: 'none', problem: { text: t(`company.form.${why}`) } })
    const { name } = file
    const attempt = new AbortController()
    running.current = attempt
    setLicence({ at: 'sending', name, percent: 0 })
    try {
      const { fileId, read } = await uploadLicence(file, { signal: attempt.signal, onProgress: (percent) => !attempt.signal.aborted && setLicence({ at: 'sending', name, percent }) })
      if (attempt.signal.aborted) return
      setLicence({ at: 'read', name, fileId, read })
      onRead(read)
    } catch (error) {
      if (attempt.signal.aborted || error instanceof Cancelled) return
      setLicence({ at: 'none', problem: error instanceof Unreachable ? { text: t('company.form.failed') } : tellError(error) })
    }
  }
  return { licence, send: (file: File) => void send(file), stop }
}
