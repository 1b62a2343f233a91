import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { useBridge } from '#src/api/bridge.ts'
import { idleEnd, onSessionChange } from '#src/api/credentials.ts'
import { queryClient } from '#src/api/query-client.ts'
import { serverNow } from '#src/lib/clock.ts'
import { recheckSession } from './load-session.ts'
import { sessionEnded } from './sign-in-again.ts'
import { leave } from './sign-out.ts'
import { hearTabs } from './tabs.ts'
import { useSession } from './use-session.ts'

const SignInAgain = lazy(async () => ({ default: (await import('#src/dialogs/SignInAgain.tsx')).SignInAgain }))
const IdleWarning = lazy(async () => ({ default: (await import('#src/dialogs/IdleWarning.tsx')).IdleWarning }))
const warnBefore = 120_000

/** Watches the sign-in: the warning before the idle end, signing in again over the page, other tabs, pages restored from memory. */
export function SessionGuard() {
  const { member } = useSession()
  const ended = useBridge(sessionEnded)
  const [warnsOf, setWarnsOf] = useState<number>()
  useIdleWatch(setWarnsOf)
  useTabs(member.id)
  const done = useCallback(() => setWarnsOf(undefined), [])
  return (
    <Suspense>
      {ended && <SignInAgain memberId={member.id} />}
      {!ended && warnsOf !== undefined && <IdleWarning endsAt={warnsOf} onDone={done} />}
    </Suspense>
  )
}

/** Asks the server before warning, because another tab may have been active. */
function useIdleWatch(warn: (endsAt: number | undefined) => void): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const plan = () => {
      clearTimeout(timer)
      if (idleEnd() > 0) timer = setTimeout(() => void look(), Math.max(1000, idleEnd() - warnBefore - serverNow()))
    }
    const look = async () => {
      const known = idleEnd()
      const session = await recheckSession().catch(() => undefined)
      const endsAt = session ? Date.parse(session.idleEndsAt) : known
      if (endsAt <= serverNow()) return
      if (endsAt - serverNow() <= warnBefore + 1000) warn(endsAt)
      else plan()
    }
    const moved = () => {
      if (idleEnd() - serverNow() > warnBefore + 1000) warn(undefined)
      plan()
    }
    plan()
    const stop = onSessionChange(moved)
    return () => { clearTimeout(timer); stop() }
  }, [warn])
}

function useTabs(memberId: string): void {
  useEffect(() => {
    const stop = hearTabs((news) => {
      if (news.kind === 'signed-out') leave()
      else if (news.kind === 'signed-in' && news.memberId !== memberId) location.reload()
      else void recheckSession()
    })
    // A page that Back takes out of the browser's memory may be older than the sign-out.
    const restored = (event: PageTransitionEvent) => {
      if (event.persisted) void recheckSession().then((session) => {
        if (session?.member.id !== memberId) leave()
        else void queryClient.invalidateQueries()
      }, () => undefined)
    }
    addEventListener('pageshow', restored)
    return () => { stop(); removeEventListener('pageshow', restored) }
  }, [memberId])
}
