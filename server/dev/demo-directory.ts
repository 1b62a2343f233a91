import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { StartRefused } from '#server/start-refused.ts'

/** Makes an embedded database with the demo in a directory that has none, in a process of its own: what making a database takes (over 1 GB for a
 *  moment) is never given back whole, and the server would hold 60 MB of it as long as it runs.
 *  @param directory the data directory. Refuses with StartRefused and the reason when it cannot be made. SIGTERM and SIGINT end both processes. */
export async function makeDemoDirectory(directory: string): Promise<void> {
  if (existsSync(join(directory, 'pg'))) return
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', fileURLToPath(new URL('./demo-directory-main.ts', import.meta.url)), directory], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  const endBoth = (signal: NodeJS.Signals) => {
    child.kill('SIGKILL')
    forgetSignals()
    process.kill(process.pid, signal)
  }
  const forgetSignals = () => void process.off('SIGTERM', endBoth).off('SIGINT', endBoth)
  process.on('SIGTERM', endBoth).on('SIGINT', endBoth)
  try {
    const [reason] = await Promise.all([child.stderr ? text(child.stderr) : '', once(child, 'exit')])
    if (child.exitCode !== 0) throw new StartRefused(reason.trim() || `The demo could not be made: its process ended with ${child.signalCode ?? child.exitCode}.`)
  } finally {
    forgetSignals()
  }
}
