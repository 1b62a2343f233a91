import { readFile } from 'node:fs/promises'
import type { Download, Locator, Page } from '@playwright/test'
import jsqr from 'jsqr'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { expect, test } from './fixtures.ts'

type Picture = { width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> }
type Change = { scale?: number; degrees?: number; blur?: number; jpeg?: number }

const formats = ['SVG', 'PNG 256', 'PNG 512', 'PNG 1024'] as const
/** What happens to a code between the partner's screen and the customer's phone. Blur is in thousandths of the picture's width. */
const changes: Record<string, Change> = {
  'as it is': {},
  'at half the size': { scale: 0.5 },
  'turned by 15 degrees': { degrees: 15 },
  blurred: { blur: 4 },
  'as a JPEG of quality 40': { jpeg: 0.4 },
  'blurred, turned, and as a JPEG': { blur: 3, degrees: 15, jpeg: 0.4 },
}

test.beforeAll(async () => {
  const binary = await readFile(new URL(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')))
  await prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(binary).buffer }, fireImmediately: true })
})

for (const theme of ['light', 'dark'] as const) {
  test(`two readers find exactly the link in every code that the console saves in the ${theme} theme, small, turned, blurred or pressed`, async ({ signedInPage: page, context }) => {
    test.setTimeout(120_000)
    await page.addInitScript((chosen) => localStorage.setItem('theme', chosen), theme)
    const dialog = await makeLink(page, 'Autumn fair')
    const link = await dialog.getByRole('textbox', { name: 'Invitation link' }).inputValue()
    // A page of its own, without the console's content policy, holds the darkroom.
    const darkroom = await context.newPage()
    for (const format of formats) {
      const file = await save(page, dialog, format)
      const source = `data:${format === 'SVG' ? 'image/svg+xml' : 'image/png'};base64,${(await readFile(await file.path())).toString('base64')}`
      for (const [name, change] of Object.entries(changes)) {
        const picture = await developed(darkroom, source, change, theme === 'dark' ? '#14161b' : '#ffffff')
        expect(jsqr(picture.data, picture.width, picture.height)?.data, `jsqr, ${format} ${name}`).toBe(link)
        expect((await readBarcodes({ ...picture, colorSpace: 'srgb' })).map(({ text }) => text), `zxing, ${format} ${name}`).toEqual([link])
      }
    }
  })
}

test('the code on the screen is dark on white with its quiet zone also in the dark theme', async ({ signedInPage: page }) => {
  await page.addInitScript(() => localStorage.setItem('theme', 'dark'))
  const dialog = await makeLink(page, 'Night fair')
  const link = await dialog.getByRole('textbox', { name: 'Invitation link' }).inputValue()
  const shot = await dialog.getByRole('img', { name: 'QR code of the invitation link' }).screenshot()
  const darkroom = await page.context().newPage()
  const picture = await developed(darkroom, `data:image/png;base64,${shot.toString('base64')}`, {}, '#14161b')
  expect(jsqr(picture.data, picture.width, picture.height, { inversionAttempts: 'dontInvert' })?.data).toBe(link)
})

test('what is printed is one sheet with the partner, the label, the validity, the code and the link', async ({ signedInPage: page }) => {
  const dialog = await makeLink(page, 'Spring fair')
  const link = await dialog.getByRole('textbox', { name: 'Invitation link' }).inputValue()
  await page.emulateMedia({ media: 'print' })
  const sheet = page.locator('.print-sheet')
  for (const text of ['Blue Harbor Cloud', 'Spring fair', 'No expiry, revocable', 'Resale', link]) await expect(sheet).toContainText(text)
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('heading', { name: 'Invitations' })).toBeHidden()
  const picture = await developed(await page.context().newPage(), `data:image/png;base64,${(await sheet.screenshot()).toString('base64')}`, {}, '#ffffff')
  expect(jsqr(picture.data, picture.width, picture.height)?.data).toBe(link)
  const [colours, ink] = await sheet.evaluate((element) => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor])
  expect([colours, ink]).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
})

async function makeLink(page: Page, label: string): Promise<Locator> {
  await page.goto('/invites?tab=custom')
  await page.getByRole('button', { name: 'Generate link' }).click()
  await page.getByRole('textbox', { name: 'Custom label' }).fill(label)
  await page.getByRole('button', { name: 'Generate link and QR' }).click()
  const dialog = page.getByRole('dialog', { name: 'The link is ready' })
  await expect(dialog.getByRole('img', { name: 'QR code of the invitation link' })).toBeVisible()
  return dialog
}

async function save(page: Page, dialog: Locator, format: string): Promise<Download> {
  await dialog.getByRole('button', { name: 'Download QR' }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: new RegExp(`^${format}\\b`) }).click()])
  return file
}

/** Draws a picture onto a ground, changed. @param ground shows where a turned picture leaves corners, and around it. @returns its pixels. */
async function developed(page: Page, source: string, change: Change, ground: string): Promise<Picture> {
  const { width, height, bytes } = await page.evaluate(async ([from, { scale = 1, degrees = 0, blur = 0, jpeg }, colour]) => {
    const load = async (address: string) => {
      const image = new Image()
      image.src = address
      await image.decode()
      return image
    }
    const image = await load(from)
    const [wide, high] = [image.naturalWidth * scale, image.naturalHeight * scale]
    const edge = Math.ceil(Math.hypot(wide, high)) + 16
    const canvas = document.createElement('canvas')
    canvas.width = edge
    canvas.height = edge
    const draw = canvas.getContext('2d')
    if (!draw) throw new Error('no canvas')
    draw.fillStyle = colour
    draw.fillRect(0, 0, edge, edge)
    draw.translate(edge / 2, edge / 2)
    draw.rotate(degrees * Math.PI / 180)
    if (blur > 0) draw.filter = `blur(${blur * wide / 1000}px)`
    draw.drawImage(image, -wide / 2, -high / 2, wide, high)
    if (jpeg !== undefined) {
      const pressed = await load(canvas.toDataURL('image/jpeg', jpeg))
      draw.resetTransform()
      draw.filter = 'none'
      draw.drawImage(pressed, 0, 0)
    }
    const { data } = draw.getImageData(0, 0, edge, edge)
    let binary = ''
    for (let at = 0; at < data.length; at += 32_768) binary += String.fromCharCode(...data.subarray(at, at + 32_768))
    return { width: edge, height: edge, bytes: btoa(binary) }
  }, [source, change, ground] as const)
  return { width, height, data: Uint8ClampedArray.from(Buffer.from(bytes, 'base64')) }
}
