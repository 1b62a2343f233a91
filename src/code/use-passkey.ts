import { useEffect, useRef, useState } from 'react'
import { ApiError, Cancelled } from '#src/api/api-error.ts'
import { PasskeyFailed, PasskeyStopped, stopPasskey } from './passkeys.ts'
import { type Trouble, troubleOf } from './trouble.ts'

export type PasskeyEntry = {
  /** The browser's dialog is open, or the server looks at its answer. */
  isOpen: boolean
  trouble: Trouble | undefined
  /** The device holds a passkey of this person already. */
  isKnown: boolean
  /** Runs what asks the server, opens the browser's dialog and hands its answer in. Two presses at once open one dialog. */
  run: (ceremony: (isGone: () => boolean) => Promise<void>) => void
  forget: () => void
}

/** One use of a passkey. The browser's dialog closes with the dialog that asked for it. @param isElsewhere takes a refusal that is not about the
 *  passkey, shows it in its own place and returns true. */
export function usePasskey(isElsewhere: (error: unknown) => boolean): PasskeyEntry {
  const [isOpen, setOpen] = useState(false)
  const [trouble, setTrouble] = useState<Trouble>()
  const [isKnown, setKnown] = useState(false)
  const isRunning = useRef(false)
  const isGone = useRef(false)
  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
      if (isRunning.current) stopPasskey()
    }
  }, [])
  const run = async (ceremony: (isGone: () => boolean) => Promise<void>) => {
    if (isRunning.current) return
    isRunning.current = true
    setOpen(true)
    setTrouble(undefined)
    setKnown(false)
    try {
      await ceremony(() => isGone.current)
    } catch (error) {
      if (isGone.current || error instanceof Cancelled || isElsewhere(error)) return
      setKnown(error instanceof PasskeyFailed && error.isKnown)
      setTrouble(error instanceof PasskeyStopped ? { kind: 'passkey_stopped' } : error instanceof PasskeyFailed ? { kind: 'passkey_failed' } : error instanceof ApiError ? troubleOf(error.failure) : { kind: 'unreachable' })
    } finally {
      isRunning.current = false
      setOpen(false)
    }
  }
  return { isOpen, trouble, isKnown, run: (ceremony) => void run(ceremony), forget: () => setTrouble(undefined) }
}
