import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createWorker, OEM } from 'tesseract.js'
import { extractText, getDocumentProxy } from 'unpdf'
import { serveOneFile } from '#server/confined/serve.ts'

// Reads the words of one file, in a process of its own.

const pagesMax = 5
/** The largest picture that is taken needs two thirds of it. */
const residentMax = 1200 * 1024 * 1024

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

await serveOneFile((content) => (process.argv[2] === 'application/pdf' ? readPdf(content) : readPicture(content)), residentMax)
