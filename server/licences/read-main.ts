import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { createWorker, OEM } from 'tesseract.js'
import { extractText, getDocumentProxy } from 'unpdf'

// Reads the words of one file: bytes on standard input, text on standard output. A process of its own, started for one file and gone after it:
// what a hostile file does to a decoder happens here, without the server's memory, secrets, files or database.

const pagesMax = 5
const unreadable = 3

async function readPicture(content: Buffer): Promise<string> {
  const langPath = join(dirname(fileURLToPath(import.meta.resolve('@tesseract.js-data/chi_sim/package.json'))), '4.0.0_best_int')
  // A fault of the picture also comes as an event, which would end the process with a stack instead of an answer.
  const worker = await createWorker('chi_sim', OEM.LSTM_ONLY, { langPath, cacheMethod: 'none', gzip: true, errorHandler: () => undefined })
  const { data } = await worker.recognize(content)
  return data.text
}

async function readPdf(content: Buffer): Promise<string> {
  const document = await getDocumentProxy(new Uint8Array(content), { disableFontFace: true, useSystemFonts: false })
  if (document.numPages > pagesMax) throw new RangeError('too many pages')
  return (await extractText(document, { mergePages: true })).text
}

// Before a byte of the file is looked at.
const watch = new Worker(new URL('./memory-watch.ts', import.meta.url))
try {
  await new Promise((resolve, reject) => watch.once('online', resolve).once('error', reject))
  const content = await buffer(process.stdin)
  const text = process.argv[2] === 'application/pdf' ? await readPdf(content) : await readPicture(content)
  process.stdout.write(text, () => process.exit(0))
} catch {
  process.exit(unreadable)
}
