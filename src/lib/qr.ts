import encodeQR from 'qr'

/** Widths of the pictures offered, in pixels. */
export const qrSizes = [256, 512, 1024] as const
export type QrSize = (typeof qrSizes)[number]

/** Rows of modules from the top, true where dark, with the quiet zone of four light ones on every side that readers count on. */
export type QrModules = readonly (readonly boolean[])[]

/** @param text what a reader shall read, byte for byte; a link. @returns its code with error correction of 15 %. Refuses, by throwing, more than
 *  2,331 bytes: no code holds them. */
export const qrModules = (text: string): QrModules => encodeQR(text, 'raw', { ecc: 'medium', border: 4 })

/** @returns the dark modules as the `d` of a path whose unit is one module: runs in a row become one bar. */
export function qrPath(modules: QrModules): string {
  return modules.flatMap((row, y) => runs(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`)).join('')
}

/** @returns the code as a file of its own: dark on white whatever surrounds it, sharp at every size. */
export function qrSvg(modules: QrModules): string {
  const n = modules.length
  return `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="0 0 ${n} ${n}" shape-rendering="crispEdges"><rect width="${n}" height="${n}" fill="#fff"/><path d="${qrPath(modules)}" fill="#000"/></svg>\n`
}

/** @param size width and height of the picture in pixels. @returns how many pixels one module takes, a whole number so that every edge is
 *  sharp, and how many stay white on the left and on top besides. */
export function qrGrid(modules: QrModules, size: number): { module: number; margin: number } {
  const module = Math.floor(size / modules.length)
  return { module, margin: Math.floor((size - module * modules.length) / 2) }
}

/** @returns the code as a PNG picture of `size` by `size` pixels. Refuses, by throwing, where the browser has no canvas. */
export async function qrPng(modules: QrModules, size: QrSize): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = size
  canvas.height = size
  const draw = canvas.getContext('2d')
  if (!draw) throw new Error('This browser draws no pictures')
  draw.fillStyle = '#fff'
  draw.fillRect(0, 0, size, size)
  draw.fillStyle = '#000'
  const { module, margin } = qrGrid(modules, size)
  modules.forEach((row, y) => {
    for (const [x, length] of runs(row)) draw.fillRect(margin + x * module, margin + y * module, length * module, module)
  })
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made'))), 'image/png')
  })
}

/** Dark runs of a row, as first place and length. */
function runs(row: readonly boolean[]): [number, number][] {
  const found: [number, number][] = []
  row.forEach((isDark, x) => {
    const last = found.at(-1)
    if (isDark && last && last[0] + last[1] === x) last[1] += 1
    else if (isDark) found.push([x, 1])
  })
  return found
}
