import { randomUUID } from 'node:crypto'
import { type BrowserContext, expect, type Page } from '@playwright/test'
import type { Answer, Endpoint, Input } from '#contract/endpoint.ts'
import { Session } from '#contract/session.ts'

/** Calls the API as the member whose sign-in is in a browser. */
export type AsMember = <E extends Endpoint>(endpoint: E, input: Input<E>) => Promise<Answer<E>>

/** @param context of a browser where a member is signed in. @param origin of the console. @returns how to call the API as that member. */
export async function asMember({ request }: BrowserContext, origin: string): Promise<AsMember> {
  const session = Session.parse(await (await request.get('/api/session')).json())
  return async (endpoint, input) => {
    const { body, params = {} }: { body?: unknown; params?: Record<string, string> } = Object.assign({}, input)
    const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? '')
    const response = await request.fetch(path, { method: endpoint.method, headers: { Origin: origin, 'X-CSRF': session.csrf, 'Idempotency-Key': randomUUID() }, ...(body !== undefined && { data: body }) })
    if (!response.ok()) throw new Error(`${endpoint.method} ${path}: ${response.status()} ${await response.text()}`)
    const parsed: unknown = endpoint.response.parse(await response.json())
    // oxlint-disable-next-line typescript/consistent-type-assertions -- the endpoint's own schema has just parsed it; TypeScript cannot follow the generic
    return parsed as Answer<typeof endpoint>
  }
}

/** @param url of a link. @returns its path; the address is that of the installation, which a test's server does not have. */
export const pathOf = (url: string): string => new URL(url).pathname

/** Fills in a new account, on a phone in two steps, up to the agreements. @param newestCode reads the code that arrived. */
export async function fillRegistration(page: Page, { mobile, accountName, newestCode }: { mobile: string; accountName?: string; newestCode: () => Promise<string> }): Promise<void> {
  if (accountName !== undefined) await page.getByRole('textbox', { name: 'Account name' }).fill(accountName)
  await page.getByRole('textbox', { name: 'Mobile number' }).fill(mobile)
  await page.getByRole('button', { name: 'Get code' }).click()
  await expect(page.getByRole('button', { name: /^New code in \d+ s$/ })).toBeVisible()
  await page.getByRole('textbox', { name: 'SMS code' }).fill(await newestCode())
  if (accountName === undefined) {
    await page.getByRole('checkbox', { name: 'My number may be used' }).check()
    await page.getByRole('button', { name: 'Next' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Set a password' })).toBeFocused()
  }
  await page.getByLabel(/^Password( \*)?$/).fill('a long enough password')
  await page.getByLabel('Password again').fill('a long enough password')
  await page.getByRole('button', { name: accountName === undefined ? 'Done' : 'Continue' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Agreements' })).toBeFocused()
}

/** Agrees to all documents. @param verb the button that follows. */
export async function agree(page: Page, verb: 'Register' | 'Associate'): Promise<void> {
  await page.getByRole('checkbox', { name: 'I agree to all of them' }).check()
  await page.getByRole('button', { name: verb, exact: true }).click()
}

/** Reads the notice, where it stands alone, and takes a way. */
export async function choose(page: Page, way: 'Register and associate' | 'I have an account'): Promise<void> {
  await page.getByRole('checkbox', { name: 'I have read and agree' }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: new RegExp(`^${way}`) }).click()
}

/** Says to have an account and signs in with it. */
export async function signInAsCustomer(page: Page, { name, password }: { name: string; password: string }): Promise<void> {
  await choose(page, 'I have an account')
  await page.getByRole('button', { name: 'I see' }).click()
  await page.getByRole('textbox', { name: 'Account name or mobile number' }).fill(name)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
