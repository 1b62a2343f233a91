import { type CDPSession, expect, type Locator, type Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import * as z from 'zod/mini'
import type { TestMember } from './fixtures.ts'
import { getCode } from './steps.ts'

/** The browser has a device of its own that holds passkeys. */
type Device = { touches(isOn: boolean): Promise<void> }
export async function deviceOf(page: Page): Promise<Device> {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } })
  return { touches: async (enabled) => void await session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }) }
}

/** An authenticator app on a phone whose clock is the server's. Every code is another one: each counts once. */
type App = { code(): Promise<string> }
export function appOf(page: Page, secret: string, clock: { travel(seconds: number): Promise<void> }): App {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) })
  let last = 0
  const step = async (): Promise<number> => Math.floor(Date.parse(z.object({ now: z.string() }).parse(await (await page.request.get('/api/session')).json()).now) / 30_000)
  return {
    async code() {
      if (await step() <= last) await clock.travel(30)
      last = await step()
      return totp.generate({ timestamp: last * 30_000 })
    },
  }
}

export const section = (page: Page): Locator => page.getByRole('region', { name: 'Authenticator apps and passkeys' })
export const listed = (page: Page): Locator => page.getByRole('list', { name: 'Your authenticator apps and passkeys' }).getByRole('listitem')

/** From choosing to the open form, by a code to the mobile. */
export async function passBySms(dialog: Locator, code: () => Promise<string>): Promise<void> {
  await dialog.getByRole('button', { name: 'Verify now: By SMS code' }).click()
  await getCode(dialog)
  await dialog.getByRole('textbox', { name: 'Code' }).fill(await code())
  await dialog.getByRole('button', { name: 'Next' }).click()
  await expect(dialog).toContainText('Step 3 of 3')
}

export async function passByApp(dialog: Locator, app: App): Promise<void> {
  await dialog.getByRole('button', { name: 'Verify now: By authenticator app' }).click()
  await dialog.getByRole('textbox', { name: 'Code of the authenticator app' }).fill(await app.code())
  await dialog.getByRole('button', { name: 'Next' }).click()
  await expect(dialog).toContainText('Step 3 of 3')
}

export async function secretOf(dialog: Locator): Promise<string> {
  const secret = dialog.locator('.new-app-secret .code')
  await expect(secret).toHaveText(/^([A-Z2-7]{4} ?)+$/)
  return (await secret.innerText()).replaceAll(' ', '')
}

type Around = { phone: { nextCode(to: string): Promise<string> }; clock: { travel(seconds: number): Promise<void> } }
/** The signed-in person adds an app on the account page. */
export async function addApp(page: Page, member: TestMember, { phone, clock }: Around): Promise<App> {
  await page.goto('/profile?tab=account')
  await page.getByRole('button', { name: 'Add app' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add app' })
  await passBySms(dialog, () => phone.nextCode(member.mobile))
  const app = appOf(page, await secretOf(dialog), clock)
  await dialog.getByRole('textbox', { name: 'Code that the app shows' }).fill(await app.code())
  await dialog.getByRole('button', { name: 'Add app' }).click()
  await expect(listed(page)).toHaveText([/My phone.*Authenticator app/])
  return app
}

/** Goes on with Tab until this is in focus, as somebody without a mouse does. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target, 'reached by Tab').toBeFocused()
}
