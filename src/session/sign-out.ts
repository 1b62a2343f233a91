import { signOut } from '#contract/session.ts'
import { call } from '#src/api/call.ts'
import { forgetIntents } from '#src/api/intent.ts'
import { queryClient } from '#src/api/query-client.ts'
import { paths } from '#src/paths.ts'
import { tellTabs } from './tabs.ts'

/** Ends the sign-in here and in every tab. Throws what the server refuses with; the person then is still signed in. */
export async function signOutEverywhere(): Promise<void> {
  await call(signOut, {})
  tellTabs({ kind: 'signed-out' })
  leave()
}

/** Drops everything this tab knows and loads the sign-in page anew, so that nothing stays in its memory. */
export function leave(next?: string): void {
  forgetIntents()
  queryClient.clear()
  location.replace(paths.signIn(next))
}
