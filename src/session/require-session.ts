import { isOpened } from '#src/api/credentials.ts'
import { dropEarly } from '#src/api/early.ts'
import { knock } from '#src/boot/open.ts'
import { paths } from '#src/paths.ts'
import { recheckSession } from './load-session.ts'

/** The loader of every page that needs a person: asks once who is signed in. Strangers get the sign-in page, which opens the wanted page
 *  afterwards. */
export async function requireSession({ request }: { request: Request }): Promise<null> {
  if (isOpened() || await recheckSession()) return null
  dropEarly()
  const url = new URL(request.url)
  await knock(paths.signIn(url.pathname + url.search))
  return null
}
