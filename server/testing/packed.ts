import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'

const root = fileURLToPath(new URL('../..', import.meta.url))
const Pack = z.object({ files: z.array(z.object({ path: z.string() })) })
/** npm answers with a list, or from its eleventh version on with an object by the package's name. */
const Answer = z.union([z.array(Pack), z.record(z.string(), Pack)])

/** @returns the paths of the files that `npm pack` takes: what a production installation is made of. */
export function packedFiles(): string[] {
  const npm = process.env['npm_execpath']
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error']
  const [command, ...rest] = npm?.endsWith('.js') ? [process.execPath, npm, ...args] : ['npm', ...args]
  const text = execFileSync(command, rest, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 ** 2, stdio: ['ignore', 'pipe', 'ignore'] })
  return Object.values(Answer.parse(JSON.parse(text))).flatMap(({ files }) => files.map(({ path }) => path))
}

/** Lays a production installation out. @param directory empty. Its packages are those of this repository. */
export function unpack(directory: string): void {
  for (const path of packedFiles()) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    copyFileSync(join(root, path), join(directory, path))
  }
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'))
}
