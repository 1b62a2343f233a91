import { type Check, check } from '#src/proof/prove-identity.ts'
import { useBridge } from '#src/api/bridge.ts'
import { sessionEnded } from '#src/session/sign-in-again.ts'

export type DialogLevel = 'page' | 'proof' | 'session'

/** @param level of the asking dialog: signing in again comes before the security check, which comes before every other.
 *  @returns whether one that comes before it is on the screen. It then steps aside, keeping what was typed, so that there is never a dialog
 *  over a dialog. */
export function useIsOvershadowed(level: DialogLevel): boolean {
  const open: Check | undefined = useBridge(check)
  const ended = useBridge(sessionEnded)
  return level !== 'session' && (ended !== undefined || (level === 'page' && open !== undefined))
}
