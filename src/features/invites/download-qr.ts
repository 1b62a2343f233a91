import { type QrSize, qrModules, qrPng, qrSvg } from '#src/lib/qr.ts'

/** Saves the code of a link as a file. @param url what it contains. @param name of the file, without its ending: words that a person wrote.
 *  @param format a drawing, or a picture so many pixels wide. Refuses, by throwing, what no code holds. */
export async function downloadQr(url: string, name: string, format: 'svg' | QrSize): Promise<void> {
  const modules = qrModules(url)
  const file = format === 'svg' ? new Blob([qrSvg(modules)], { type: 'image/svg+xml' }) : await qrPng(modules, format)
  const anchor = document.createElement('a')
  anchor.href = URL.createObjectURL(file)
  anchor.download = `${fileName(name)}${format === 'svg' ? '.svg' : `-${format}.png`}`
  anchor.click()
  // The browser reads the file after this task; it then has no further use for the address.
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000)
}

/** Letters, digits and dashes: names that every file system takes. */
const fileName = (name: string): string => name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 80)
