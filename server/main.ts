import { readEnv, type Env } from './env.ts'
import { StartRefused } from './start-refused.ts'
import { startServer, type DevelopmentAids, type Running } from './start.ts'

/** Starts the server, tells where it is, and ends it when asked to. */
async function main(): Promise<void> {
  const env = readEnv(process.env)
  const aids = env.isProduction ? undefined : await loadAids(env)
  const running = await startServer(env, aids ? { aids } : {})
  endOnSignals(running)
  process.stdout.write(`\n  Partner center: ${running.url}\n\n${aids?.greeting ?? ''}`)
}

/** Outbox and demo data are not part of a production installation, so nothing there imports them. */
async function loadAids(env: Env): Promise<DevelopmentAids & { greeting: string }> {
  const { developmentAids } = await import('./dev/aids.ts')
  return developmentAids(env.DEMO)
}

function endOnSignals(running: Running): void {
  let ending: Promise<void> | undefined
  const end = (code: number) => {
    // A second signal shortens nothing.
    ending ??= running.stop().then(() => process.exit(code), (error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      process.exit(1)
    })
  }
  process.on('SIGTERM', () => end(0))
  process.on('SIGINT', () => end(0))
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      process.stderr.write(`${JSON.stringify({ level: 'fatal', time: new Date().toISOString(), msg: event, error: error instanceof Error ? error.stack : String(error) })}\n`)
      end(1)
    })
  }
}

// A terminal that is gone, and a disk that is full of logs, end nothing.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
try {
  await main()
} catch (error) {
  process.stderr.write(error instanceof StartRefused ? `${error.message}\n` : `${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
}
