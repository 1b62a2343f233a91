import { useSyncExternalStore } from 'react'
import type { Permission } from '#contract/people.ts'
import type { Session } from '#contract/session.ts'
import { onSessionChange, presentSession } from '#src/api/credentials.ts'

/** @returns who is signed in, or undefined on the pages before sign-in. */
const useMaybeSession = (): Session | undefined => useSyncExternalStore(onSessionChange, presentSession)

/** @returns who is signed in. Only below the layout, whose loader has made sure. */
export function useSession(): Session {
  const session = useMaybeSession()
  if (!session) throw new Error('This part of the console is shown to signed-in people only')
  return session
}

/** @param permission what somebody wants to do. @returns whether the signed-in person may; the server decides again. */
export const useCan = (permission: Permission): boolean => useMaybeSession()?.permissions.includes(permission) ?? false
