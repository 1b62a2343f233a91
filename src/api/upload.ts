import type * as z from 'zod/mini'
import { Problem } from '#contract/errors.ts'
import { recheckSession } from '#src/session/load-session.ts'
import { signInAgain } from '#src/session/sign-in-again.ts'
import { ApiError, Cancelled, Unreachable } from './api-error.ts'
import { csrfValue } from './credentials.ts'

type Options = { signal: AbortSignal; /** Percent sent, 0 to 100. At 100 the server reads. */ onProgress: (percent: number) => void }

/** Sends one file and tells how far it is. A session that ended is repaired over the page, as with every other call.
 *  @param path where the contract takes it. @param answer what the contract answers. @returns the answer. Throws ApiError, Unreachable or Cancelled. */
export async function upload<A>(path: string, answer: z.ZodMiniType<A>, file: File, options: Options): Promise<A> {
  const repaired = new Set<string>()
  for (;;) {
    try {
      return await send(path, answer, file, options)
    } catch (error) {
      const code = error instanceof ApiError ? error.failure.code : ''
      if ((code !== 'not_signed_in' && code !== 'csrf') || repaired.has(code)) throw error
      repaired.add(code)
      if (code === 'csrf') await recheckSession()
      else await signInAgain()
    }
  }
}

/** `fetch` does not tell how much of a body has left. */
function send<A>(path: string, wanted: z.ZodMiniType<A>, file: File, { signal, onProgress }: Options): Promise<A> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Cancelled())
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('Accept-Language', document.documentElement.lang)
    request.setRequestHeader('X-CSRF', csrfValue())
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? Math.floor((loaded / total) * 100) : 0)
    request.upload.onload = () => onProgress(100)
    request.onload = () => {
      const answer = parse(request.responseText)
      const read = request.status === 200 ? wanted.safeParse(answer) : undefined
      if (read?.success) return resolve(read.data)
      const problem = Problem.safeParse(answer)
      reject(problem.success ? new ApiError(problem.data) : new Unreachable(new Error(`status ${request.status}`)))
    }
    request.onerror = () => reject(new Unreachable(new Error('network')))
    request.onabort = () => reject(new Cancelled())
    signal.addEventListener('abort', () => request.abort(), { once: true })
    const form = new FormData()
    form.set('file', file)
    request.send(form)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
