import { buffer } from 'node:stream/consumers'
import { Worker } from 'node:worker_threads'

/** What a process ends with whose file cannot be decoded. */
const unreadable = 3

/** The whole life of a process that reads one file: bytes on standard input, text on standard output. What a hostile file does to a decoder happens here,
 *  without the server's memory, secrets, files or database.
 *  @param read decodes; whatever it throws says that the file cannot be read. @param residentMax bytes that the process may hold. */
export async function serveOneFile(read: (content: Buffer) => Promise<string>, residentMax: number): Promise<void> {
  // Before a byte of the file is looked at.
  const watch = new Worker(new URL('./memory-watch.ts', import.meta.url), { workerData: residentMax })
  try {
    await new Promise((resolve, reject) => watch.once('online', resolve).once('error', reject))
    const text = await read(await buffer(process.stdin))
    process.stdout.write(text, () => process.exit(0))
  } catch {
    process.exit(unreadable)
  }
}
