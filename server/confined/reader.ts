import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants, setPriority } from 'node:os'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The text of a file; `late`: it could not be read in time; `unreadable`: it cannot be decoded, or not within the memory that reading may take. */
type ReadFile = { state: 'read'; text: string } | { state: 'late' } | { state: 'unreadable' }
export type FileReader = {
  /** @param type handed to the process. @returns undefined where too many wait already. */
  read(type: string, content: Buffer): Promise<ReadFile | undefined>
}
/** What is started for a file: its first module, a package that it decodes with (all packages beside that one can be read), how much text it may answer and how long it may take. */
export type Program = { main: string; package: string; textMax: number; seconds: number }

const waitingMax = 3

/** Reads one file at a time, each in a process of its own that ends with it: decoding takes much memory and a whole core, and none of it stays. */
export function createFileReader(program: Program): FileReader {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return {
    async read(type, content) {
      if (waiting > waitingMax) return undefined
      waiting += 1
      const mine = last.then(() => readOnce(program, type, content))
      last = mine.catch(() => undefined)
      try {
        return await mine
      } finally {
        waiting -= 1
      }
    },
  }
}

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')

/** @returns how Node is started for reading: of the disk it sees the code and the data that it reads with; it can write nothing and start nothing. */
export const confinement = (program: Pick<Program, 'main' | 'package'>): string[] => [
  '--permission', '--allow-worker', ...[realpathSync(dirname(program.main)), realpathSync(here), packagesRoot(program.package), join(root, 'node_modules'), join(root, 'package.json')].map((path) => `--allow-fs-read=${path}`),
  '--disable-warning=ExperimentalWarning', '--disable-warning=SecurityWarning',
]

/** The process gets no environment, so no secret of the server's. */
function readOnce(program: Program, type: string, content: Buffer): Promise<ReadFile> {
  const child = spawn(process.execPath, [...confinement(program), program.main, type], { env: {}, cwd: dirname(program.main), stdio: ['pipe', 'pipe', 'ignore'] })
  return new Promise((resolve) => {
    let isLate = false
    let size = 0
    const parts: Buffer[] = []
    const clock = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
    }, program.seconds * 1000)
    child.stdout.on('data', (part: Buffer) => {
      size += part.length
      if (size > program.textMax) child.kill('SIGKILL')
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

function packagesRoot(name: string): string {
  const file = realpathSync(createRequire(import.meta.url).resolve(`${name}/package.json`))
  return file.slice(0, file.lastIndexOf(`node_modules${sep}${name}`) + 'node_modules'.length)
}
