import { makeBridge } from '#src/api/bridge.ts'

/** Puts sign-in over the page; `resume` lets the waiting calls go on. */
export const sessionEnded = makeBridge<{ resume: () => void }>()
let waiting: Promise<void> | undefined

/** Shows sign-in over the page, once for all calls that found the session ended. Resolves when the same person is signed in again. Whoever
 *  leaves instead loads the sign-in page, so the promise then stays open and nothing is given up. */
export function signInAgain(): Promise<void> {
  waiting ??= new Promise<void>((resume) => sessionEnded.ask({ resume })).finally(() => {
    waiting = undefined
    sessionEnded.close()
  })
  return waiting
}
