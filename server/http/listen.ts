import type { Server } from 'node:http'
import { StartRefused } from '#server/start-refused.ts'

/** Resolves once the server takes connections. Refuses with StartRefused, in words of the settings, where it cannot. */
export async function listen(server: Server, { PORT, HOST }: { PORT: number; HOST: string }): Promise<void> {
  await new Promise<void>((listening, failed) => server.once('error', failed).listen(PORT, HOST, listening)).catch((error: unknown) => {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    throw new StartRefused(isTaken
      ? `Port ${PORT} is taken by another program. Stop it, or set PORT to another one (0: any that is free).`
      : `The server cannot listen at HOST ${HOST}, PORT ${PORT}: ${error instanceof Error ? error.message : String(error)}.`)
  })
}
