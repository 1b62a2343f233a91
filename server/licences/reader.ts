import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants, setPriority } from 'node:os'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The text of a file; `late`: it could not be read in time; `unreadable`: it cannot be decoded, or not within the memory that reading may take. */
type ReadFile = { state: 'read'; text: string } | { state: 'late' } | { state: 'unreadable' }
export type LicenceReader = {
  /** @param type told by content. @returns undefined where too many wait already. */
  read(type: string, content: Buffer): Promise<ReadFile | undefined>
}

const secondsMax = 20
const waitingMax = 3
const textMax = 1024 * 1024

/** Reads one file at a time, each in a process of its own that ends with it: recognising signs takes some hundred megabytes and a whole core for
 *  seconds, and none of it stays. @param seconds after which a file is given up. */
export function createLicenceReader(seconds = secondsMax): LicenceReader {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return {
    async read(type, content) {
      if (waiting > waitingMax) return undefined
      waiting += 1
      const mine = last.then(() => readOnce(type, content, seconds))
      last = mine.catch(() => undefined)
      try {
        return await mine
      } finally {
        waiting -= 1
      }
    },
  }
}

const main = fileURLToPath(new URL('./read-main.ts', import.meta.url))
const root = join(dirname(main), '..', '..')

/** @returns how Node is started for reading: of the disk it sees the code and the data that it reads with; it can write nothing and start nothing. */
export const confinement = (): string[] => [
  '--permission', '--allow-worker', ...[realpathSync(dirname(main)), packagesRoot(), join(root, 'node_modules'), join(root, 'package.json')].map((path) => `--allow-fs-read=${path}`),
  '--disable-warning=ExperimentalWarning', '--disable-warning=SecurityWarning',
]

/** The process gets no environment, so no secret of the server's. */
function readOnce(type: string, content: Buffer, seconds: number): Promise<ReadFile> {
  const child = spawn(process.execPath, [...confinement(), main, type], { env: {}, cwd: dirname(main), stdio: ['pipe', 'pipe', 'ignore'] })
  return new Promise((resolve) => {
    let isLate = false
    let size = 0
    const parts: Buffer[] = []
    const clock = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
    }, seconds * 1000)
    child.stdout.on('data', (part: Buffer) => {
      size += part.length
      if (size > textMax) child.kill('SIGKILL')
      else parts.push(part)
    })
    child.stdin.on('error', () => undefined)
    child.on('error', () => undefined)
    child.on('close', (code) => {
      clearTimeout(clock)
      resolve(code === 0 ? { state: 'read', text: Buffer.concat(parts).toString('utf8') } : { state: isLate ? 'late' : 'unreadable' })
    })
    if (child.pid !== undefined) beModest(child.pid)
    child.stdin.end(content)
  })
}

/** People who wait for a page go first. */
function beModest(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch {
    // A machine that does not allow it reads all the same.
  }
}

function packagesRoot(): string {
  const file = realpathSync(createRequire(import.meta.url).resolve('tesseract.js/package.json'))
  return file.slice(0, file.lastIndexOf(`node_modules${sep}tesseract.js`) + 'node_modules'.length)
}
