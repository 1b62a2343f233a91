// Runs a program and runs it anew whenever a file of some folders changes: `node scripts/rerun.mjs server,contract -- server/main.ts`.
//
// Node's own --watch follows files and not names, so it misses whatever an editor or git replaces, and falls over it when it ends.
import { spawn } from 'node:child_process'
import { readdirSync, watch } from 'node:fs'
import { join } from 'node:path'
import { childEnv, root } from './install.mjs'

const separator = process.argv.indexOf('--')
const folders = (process.argv[2] ?? '').split(',').map((folder) => join(root, folder))
const program = process.argv.slice(separator + 1)
// Several files of one save, or of one checkout, are one change.
const quietMs = 150
// A program that drains for long would make every save wait.
const graceMs = 5000

/** @type {import('node:child_process').ChildProcess | undefined} */
let child
let isEnding = false
let isChanged = false
/** @type {import('node:fs').FSWatcher[]} */
const watchers = []

function start() {
  isChanged = false
  child = spawn(process.execPath, program, { cwd: root, env: childEnv(), stdio: ['ignore', 'inherit', 'inherit'] })
  child.on('close', (code) => {
    child = undefined
    if (isEnding) process.exit(code ?? 1)
    if (isChanged) start()
    else console.log('It has ended, and starts again when a file changes.')
  })
}

function stop() {
  const stopping = child
  stopping?.kill('SIGTERM')
  setTimeout(() => stopping?.kill('SIGKILL'), graceMs).unref()
}

/** Folders are watched and not their files: whatever happens to a name in a folder is told by the folder. Anew after each change, for a folder
 *  may have come, gone, or been replaced by another of its name. */
function watchFolders() {
  for (const watcher of watchers.splice(0)) watcher.close()
  for (const folder of folders) {
    const inside = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))
    for (const one of [folder, ...inside]) watchers.push(watch(one, (_event, name) => changed(name ?? '')).on('error', () => undefined))
  }
}

/** @type {NodeJS.Timeout | undefined} */
let timer
function changed(name) {
  if (name.endsWith('.test.ts')) return
  clearTimeout(timer)
  timer = setTimeout(() => {
    watchFolders()
    isChanged = true
    if (child) stop()
    else if (!isEnding) start()
  }, quietMs)
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.on(signal, () => {
    isEnding = true
    if (!child) process.exit(0)
    stop()
  })
}
watchFolders()
start()
