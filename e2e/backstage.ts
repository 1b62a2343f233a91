import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'
import type { Requests } from './stage.ts'

/** The server of one worker: where its console is, and what the tests ask its stage. */
export type Backstage = {
  url: string
  /** @param name of the request. @param input what it takes. @param answer the shape of what comes back. */
  ask<K extends keyof Requests, A extends z.ZodMiniType>(name: K, input: z.input<Requests[K]>, answer: A): Promise<z.output<A>>
  /** As ask, where nothing of interest comes back. */
  tell<K extends keyof Requests>(name: K, input: z.input<Requests[K]>): Promise<void>
  stop(): Promise<void>
}

const Started = z.object({ url: z.string(), stage: z.string() })

/** Starts server.ts and waits for its line. Refuses by throwing when it ends before. @param hasUnifiedId with a provider of it, on this machine. */
export async function openBackstage(hasUnifiedId: boolean): Promise<Backstage> {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'e2e/server.ts'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...(hasUnifiedId && { E2E_UNIFIED: '1' }) } })
  const exited = once(child, 'exit')
  const first = once(createInterface(child.stdout), 'line')
  const line = await Promise.race([first.then(([text]) => String(text)), exited.then(() => undefined)])
  if (line === undefined) throw new Error('The server ended before it was ready')
  const { url, stage } = Started.parse(JSON.parse(line))
  const ask: Backstage['ask'] = async (name, input, answer) => {
    const response = await fetch(`${stage}/${name}`, { method: 'POST', body: JSON.stringify(input) })
    const text = await response.text()
    if (!response.ok) throw new Error(`${name}: ${text}`)
    return answer.parse(JSON.parse(text))
  }
  return {
    url, ask,
    tell: async (name, input) => void (await ask(name, input, z.unknown())),
    async stop() {
      child.stdin.end()
      await exited
    },
  }
}
