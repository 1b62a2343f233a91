import { createHash } from 'node:crypto'
import { chmod, rm } from 'node:fs/promises'
import { createConnection, createServer } from 'node:net'
import { join, relative } from 'node:path'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Database } from '#server/db/transaction.ts'
import { writeBackup } from './backup.ts'

// Only the running server can read the embedded database, so it makes the backup, and hands it to whoever connects to a socket in the data directory.
// The directory and the socket are the owner's alone.

/** Longer paths of sockets are cut by the system. */
const pathMax = 100

function socketPath(directory: string): string | undefined {
  if (process.platform === 'win32') return String.raw`\\.\pipe\partner-center-${createHash('sha256').update(directory).digest('hex').slice(0, 16)}`
  const full = join(directory, 'backup.sock')
  const near = relative(process.cwd(), full)
  const path = near.length < full.length ? near : full
  return Buffer.byteLength(path) > pathMax ? undefined : path
}

/** Answers each connection with a backup. @param directory of the embedded database, whose lock this process holds.
 *  @returns how to end it; undefined when the directory's path is too long for a socket. */
export async function serveBackups(database: Database, directory: string, onError: (error: Error) => void): Promise<{ close(): Promise<void> } | undefined> {
  const path = socketPath(directory)
  if (path === undefined) return undefined
  // The lock is ours, so a socket that lies there is one of a server that died.
  if (process.platform !== 'win32') await rm(path, { force: true })
  const server = createServer((socket) => {
    socket.on('error', onError)
    writeBackup(database, socket).catch((error: unknown) => {
      onError(error instanceof Error ? error : new Error(String(error)))
      socket.destroy()
    })
  })
  await new Promise<void>((listening, failed) => server.once('error', failed).listen(path, listening))
  if (process.platform !== 'win32') await chmod(path, 0o600)
  server.on('error', onError)
  return { close: () => new Promise((done) => server.close(() => done())) }
}

/** Asks the running server for a backup. @returns false when none runs on this directory. */
export async function fetchBackup(directory: string, out: Writable): Promise<boolean> {
  const path = socketPath(directory)
  if (path === undefined) return false
  const socket = createConnection(path)
  const isThere = await new Promise<boolean>((settle) => {
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
  })
  if (!isThere) return false
  await pipeline(socket, out)
  return true
}
