import { type Check, check } from '#src/proof/prove-identity.ts'
import { useBridge } from '#src/api/bridge.ts'
import { sessionEnded } from '#src/session/sign-in-again.ts'

/** @returns whether the security check or signing in again is on the screen. Other dialogs step aside meanwhile, keeping what was typed, so
 *  that there is never a dialog over a dialog. */
export function useIsOvershadowed(): boolean {
  const open: Check | undefined = useBridge(check)
  const ended = useBridge(sessionEnded)
  return open !== undefined || ended !== undefined
}
