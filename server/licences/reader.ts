import { fileURLToPath } from 'node:url'
import { createFileReader, type FileReader, type Program } from '#server/confined/reader.ts'

export type LicenceReader = FileReader

/** Recognising signs takes some hundred megabytes and a whole core for seconds. */
export const licenceProgram: Program = { main: fileURLToPath(new URL('./read-main.ts', import.meta.url)), package: 'tesseract.js', textMax: 1024 * 1024, seconds: 20 }

/** @param seconds after which a file is given up. @returns what reads the words of licences, one at a time. */
export const createLicenceReader = (seconds = licenceProgram.seconds): LicenceReader => createFileReader({ ...licenceProgram, seconds })
