import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StartRefused } from '#server/start-refused.ts'

export type DirectoryLock = { close(): void }

const lockName = 'lock'
const sqliteBusy = 5

/**
 * Makes the data directory private to its owner and takes it for this process alone. PGlite itself lets two processes open one directory,
 * acknowledges the writes of both and loses most of them.
 *
 * The lock is one of the operating system, taken through SQLite because Node offers none itself. The kernel frees it when the process dies,
 * however it dies, and keeps it while the process is merely stopped: unlike a pid file or a heartbeat it is never wrong.
 *
 * @param directory made with mode 0700 if missing; the file `lock` in it gets mode 0600 and stays there
 * @returns the lock; close it when the directory is no longer in use
 * @throws StartRefused if another process holds it, or if the directory is open to others and holds files that are not ours
 */
export function lockDirectory(directory: string): DirectoryLock {
  makePrivate(directory)
  const path = join(directory, lockName)
  makeLockFile(path)
  const file = new DatabaseSync(path, { timeout: 0 })
  try {
    file.exec('pragma locking_mode = exclusive; begin exclusive')
  } catch (error) {
    file.close()
    if (!isBusy(error)) throw error
    throw new StartRefused(
      `Another process is using ${directory}. Stop it first, or give this one its own directory (DATA_DIR) or a PostgreSQL database (DATABASE_URL).`,
    )
  }
  return file
}

function makePrivate(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  if (process.platform === 'win32' || (statSync(directory).mode & 0o077) === 0) return
  // A mistyped DATA_DIR such as a home or temporary directory must not lose its permissions, so only an empty directory, or one that was
  // ours before, is closed to others.
  if (readdirSync(directory).length > 0 && !existsSync(join(directory, lockName))) {
    throw new StartRefused(
      `Other users of this machine can read ${directory}, and it holds files of something else. Choose another DATA_DIR, or run: chmod 700 ${directory}`,
    )
  }
  chmodSync(directory, 0o700)
}

function makeLockFile(path: string): void {
  // An existing file is never opened here: closing any handle of it would free the lock that this same process may hold through SQLite.
  if (!existsSync(path)) {
    try {
      closeSync(openSync(path, 'wx', 0o600))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
  chmodSync(path, 0o600)
}

const isBusy = (error: unknown): boolean => error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy
