import type * as z from 'zod/mini'
import { Problem } from '#contract/errors.ts'
import { recheckSession } from '#src/session/load-session.ts'
import { signInAgain } from '#src/session/sign-in-again.ts'
import { ApiError, Cancelled, Unreachable } from './api-error.ts'
import { csrfValue } from './credentials.ts'

/** Where a file goes, and what the server says of it. */
type Target<S> = { path: string; answer: S }
type Options = { signal: AbortSignal; /** Percent sent, 0 to 100. At 100 the server reads. */ onProgress: (percent: number) => void }

/** Sends one file as a form and tells how far it is. A session that ended is repaired over the page, as with every other call.
 *  @returns what the server made of it. Throws ApiError, Unreachable or Cancelled. */
export async function uploadFile<S extends z.ZodMiniType>(target: Target<S>, file: File, options: Options): Promise<z.output<S>> {
  const repaired = new Set<string>()
  for (;;) {
    try {
      return await send(target, file, options)
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
function send<S extends z.ZodMiniType>({ path, answer: schema }: Target<S>, file: File, { signal, onProgress }: Options): Promise<z.output<S>> {
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
      const read = request.status === 200 ? schema.safeParse(answer) : undefined
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
