// @vitest-environment node
import jsQR from 'jsqr'
import { expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url&inline'
import { type QrModules, qrGrid, qrModules, qrPath, qrSizes, qrSvg } from './qr.ts'

const links = [
  'https://partner.example.cn/invite/Qy7mR4tKw2Zc8LxBvN0sD3fG5hJ6kP9aE1uI4oT7yW2',
  'http://127.0.0.1:3000/invite/__-aZ09bYcXdWeVfUgThSiRjQkPlOmNnMoLpKqJrIsH',
  `https://${'long-sub-domain.'.repeat(10)}example.com/invite/${'x'.repeat(43)}`,
]

test.each(links)('a reader finds exactly the link %s in every picture size', async (link) => {
  await prepareZXingModule({ overrides: { wasmBinary: await (await fetch(wasm)).arrayBuffer() }, fireImmediately: true })
  const modules = qrModules(link)
  for (const size of qrSizes) {
    const picture = drawn(modules, size)
    expect(jsQR(picture.data, size, size)?.data, `jsqr at ${size}`).toBe(link)
    const found = await readBarcodes(picture)
    expect(found.map(({ text, format }) => ({ text, format })), `zxing at ${size}`).toEqual([{ text: link, format: 'QRCode' }])
    expect(Number(found[0]?.ecLevel === 'L'), 'error correction of at least M').toBe(0)
  }
})

test('a code keeps a quiet zone of exactly four modules', () => {
  const modules = qrModules(links[0] ?? '')
  const first = modules.findIndex((row) => row.includes(true))
  const left = Math.min(...modules.map((row) => row.indexOf(true)).filter((x) => x >= 0))
  const right = Math.min(...modules.map((row) => row.toReversed().indexOf(true)).filter((x) => x >= 0))
  expect([first, left, right, modules.toReversed().findIndex((row) => row.includes(true))]).toEqual([4, 4, 4, 4])
})

test('every module is a whole number of pixels, and what is left over is white on both sides', () => {
  const modules = qrModules(links[0] ?? '')
  for (const size of qrSizes) {
    const { module, margin } = qrGrid(modules, size)
    expect(Number.isInteger(module) && module >= 3).toBe(true)
    expect(2 * margin + module * modules.length).toBeLessThanOrEqual(size)
    expect(2 * margin + module * modules.length).toBeGreaterThanOrEqual(size - 1)
  }
})

test('the file for print is dark on white and covers the same modules', () => {
  const modules = qrModules(links[0] ?? '')
  const svg = qrSvg(modules)
  expect(svg).toContain('fill="#fff"')
  expect(svg).not.toMatch(/currentColor|var\(/)
  const bars = [...qrPath(modules).matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)].map(([, x, y, length]) => [Number(x), Number(y), Number(length)] as const)
  const again = modules.map((row, y) => row.map((_, x) => bars.some(([from, at, length]) => at === y && x >= from && x < from + length)))
  expect(again).toEqual(modules)
})

/** The picture as the canvas draws it: white, with dark squares at the places that qrGrid gives. */
function drawn(modules: QrModules, size: number) {
  const data = new Uint8ClampedArray(size * size * 4).fill(255)
  const { module, margin } = qrGrid(modules, size)
  for (let y = 0; y < size; y += 1) for (let x = 0; x < size; x += 1) {
    if (modules[Math.floor((y - margin) / module)]?.[Math.floor((x - margin) / module)]) data.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3)
  }
  return { data, width: size, height: size, colorSpace: 'srgb' as const }
}
