import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Certificate } from './certificate.ts'
import { floorApi } from './floor-api.ts'
import { startFront } from './front.ts'
import { forwardTo, freePort, startProduct, type Cookie } from './product.ts'
import { consoleSelectors, floorSelectors, type Selectors } from './selectors.ts'

export interface Site {
  name: string
  origin: string
  cookies: Cookie[]
  selectors: Selectors
  /** Typed into the filter, a key at a time */
  filterText: string
  stop: () => Promise<void> | void
}

const FLOOR = fileURLToPath(new URL('floor', import.meta.url))
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export const siteNames = ['antd-opt', 'antd-lite', 'console'] as const
export type SiteName = (typeof siteNames)[number]

/** Installs what the floors need, if that was not done yet, and builds them. */
export function buildFloors() {
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: FLOOR, stdio: ['ignore', 2, 2] })
  if (!existsSync(`${FLOOR}/node_modules/antd`)) run('npm', 'ci')
  run(process.execPath, 'build.ts')
}

async function startFloor(name: SiteName, certificate: Certificate): Promise<Site> {
  const front = await startFront(`${FLOOR}/dist/${name}`, floorApi, certificate)
  return { name, ...front, cookies: [], selectors: floorSelectors, filterText: '4321' }
}

async function startConsole(name: SiteName, certificate: Certificate): Promise<Site> {
  if (!existsSync(`${ROOT}/dist/index.html`)) throw new Error('the console is not built: run npm run build first')
  const port = await freePort()
  const front = await startFront(`${ROOT}/dist`, forwardTo(port), certificate)
  const product = await startProduct(ROOT, port, front.origin)
  const stop = async () => {
    front.stop()
    await product.stop()
  }
  return { name, origin: front.origin, cookies: product.cookies, selectors: consoleSelectors, filterText: '4321', stop }
}

/** Starts a site behind its own front server, ready to be visited. */
export const startSite = (name: SiteName, certificate: Certificate) =>
  name === 'console' ? startConsole(name, certificate) : startFloor(name, certificate)
