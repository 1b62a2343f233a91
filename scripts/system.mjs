// What tests need from the machine itself: a Chromium, fonts with Chinese characters, and PostgreSQL's server.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Stop } from './install.mjs'

const postgresMajorMin = 15
// The shell without windows comes first: it draws the same pages with a fifth less work.
const browserNames = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const browserFiles = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

/**
 * Finds a Chromium, or installs one where this machine allows it. CHROMIUM_PATH names another one.
 * @returns {string} the path of its program
 * @throws {Stop} with what to do, if there is none and it cannot be installed
 */
export function ensureChromium() {
  const given = process.env.CHROMIUM_PATH
  if (given) {
    if (works(given)) return given
    throw new Stop(`CHROMIUM_PATH names ${given}, which does not start.`)
  }
  if (!hasChineseFont()) installPackages(['fonts-noto-cjk'])
  for (const name of ['chromium-headless-shell', 'chromium']) if (!findChromium()) installPackages([name])
  const found = findChromium()
  if (found) return found
  throw new Stop('No Chromium was found, and none could be installed. Install Chromium (Debian: apt-get install chromium fonts-noto-cjk), or set CHROMIUM_PATH.')
}

/**
 * Makes sure that PostgreSQL's server can be started by tests, or that TEST_DATABASE_URL names one that runs.
 * @throws {Stop} with what to do, if there is none and it cannot be installed
 */
export function ensurePostgres() {
  if (process.env.TEST_DATABASE_URL || postgresMajor() >= postgresMajorMin) return
  installPackages(['postgresql'])
  const major = postgresMajor()
  if (major >= postgresMajorMin) return
  throw new Stop(
    (major === 0 ? 'No PostgreSQL server was found, and none could be installed.' : `PostgreSQL ${major} is too old.`) +
      ` Install the server package of version ${postgresMajorMin} or newer (Debian: apt-get install postgresql), or set TEST_DATABASE_URL to a local server that tests may fill.`,
  )
}

function findChromium() {
  const onPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return [...browserNames.flatMap((name) => onPath.map((directory) => join(directory, name))), ...browserFiles].find(works)
}

// Some distributions have a program of this name that only says how to install the browser, so it is asked for its version.
const works = (file) => existsSync(file) && spawnSync(file, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0

function hasChineseFont() {
  const { status, stdout } = spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' })
  // Without fc-list nothing is known about fonts; the browser brings fontconfig where it comes from a package.
  return status !== 0 || stdout.trim() !== ''
}

function postgresMajor() {
  const versions = '/usr/lib/postgresql'
  const packaged = existsSync(versions) ? readdirSync(versions).map((name) => join(versions, name, 'bin')) : []
  const onPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const majors = [...packaged, ...onPath]
    .filter((directory) => existsSync(join(directory, 'initdb')))
    .map((directory) => Number(/(\d+)/.exec(spawnSync(join(directory, 'postgres'), ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? 0))
  return Math.max(0, ...majors)
}

let refreshed = false

// Failing is not the end here: the caller looks again and says what is missing.
function installPackages(names) {
  const apt = aptCommand()
  if (!apt) return
  console.log(`Installing ${names.join(', ')} …`)
  if (!refreshed) quietly([...apt, 'update'])
  refreshed = true
  // One after the other: a package that this distribution does not have must not keep the others out.
  for (const name of names) quietly([...apt, 'install', '--yes', '--no-install-recommends', name])
}

function aptCommand() {
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return undefined
  if (process.getuid?.() === 0) return ['apt-get']
  const mayAct = spawnSync('sudo', ['--non-interactive', 'true'], { stdio: 'ignore' }).status === 0
  return mayAct ? ['sudo', '--non-interactive', '--preserve-env=DEBIAN_FRONTEND', 'apt-get'] : undefined
}

function quietly([command, ...args]) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, stdout, stderr } = spawnSync(command, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1024 ** 2 })
  if (status !== 0) console.error((stdout + stderr).split('\n').slice(-15).join('\n'))
}
