import { unifiedSignInPath } from '#contract/session.ts'
import { runCommand } from '#server/admin/run.ts'
import { sql } from '#server/db/query.ts'
import type { Client, TestApp, TestPartner } from './app.ts'
import type { Issuer } from './issuer.ts'

export const consoleOrigin = 'http://console.test'

type Page = { status: number; /** Where it leads, as a whole address. */ to: string | undefined; headers: Headers; text: string }
export type Browser = {
  /** Cookies by origin. */
  jars: Map<string, Map<string, string>>
  /** Opens one address and follows nothing. */
  open(address: string, form?: Record<string, string>): Promise<Page>
  /** Goes to the provider and says who it is; nobody cancels. @returns the address it is sent back to, not opened yet. */
  atProvider(person: string, next?: string): Promise<string>
  /** The whole way. @returns where the console leads it. */
  signIn(person: string, next?: string): Promise<string>
  /** @returns the answer of the API to this browser. */
  ask(path: string): Promise<{ status: number; body: Record<string, unknown> }>
}

/** A browser that keeps cookies for each origin. */
export function newBrowser(app: TestApp, agent = 'a browser'): Browser {
  const jars: Browser['jars'] = new Map()
  const open: Browser['open'] = async (address, form) => {
    const url = new URL(address, consoleOrigin)
    const jar = jars.get(url.origin) ?? new Map<string, string>()
    jars.set(url.origin, jar)
    const init: RequestInit = {
      redirect: 'manual', method: form ? 'POST' : 'GET', ...(form && { body: new URLSearchParams(form).toString() }),
      headers: { cookie: [...jar].map((pair) => pair.join('=')).join('; '), 'user-agent': agent, ...(form && { 'content-type': 'application/x-www-form-urlencoded' }) },
    }
    const response = url.origin === consoleOrigin ? await app.request(`${url.pathname}${url.search}`, init) : await fetch(url, init)
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    const to = response.headers.get('location')
    return { status: response.status, to: to === null ? undefined : new URL(to, url).href, headers: response.headers, text: await response.text() }
  }
  const atProvider: Browser['atProvider'] = async (person, next) => {
    let { to } = await open(next === undefined ? unifiedSignInPath : `${unifiedSignInPath}?${new URLSearchParams({ next })}`)
    for (let hop = 0; hop < 8 && to !== undefined && !to.startsWith(consoleOrigin); hop += 1) {
      const page = await open(to)
      to = page.to ?? (await open(to, person === '' ? { do: 'cancel' } : { do: 'enter', person })).to
    }
    return to ?? ''
  }
  return {
    jars, open, atProvider,
    signIn: async (person, next) => pathOf((await open(await atProvider(person, next))).to),
    async ask(path) {
      const { status, text } = await open(path)
      return { status, body: JSON.parse(text) }
    },
  }
}

/** @returns the part of an address behind the console's origin; others stay whole. */
export const pathOf = (address: string | undefined): string => (address ?? '').replace(consoleOrigin, '')

/** Runs a command of the vendor's operator on the application's database. */
export async function operate(app: TestApp, issuer: Issuer | undefined, ...words: string[]): Promise<{ code: number; said: string }> {
  const said: string[] = []
  const say = (line: string) => void said.push(line)
  const code = await runCommand([...words, '--operator', 'vendor.li', '--reason', 'asked by the partner'], {
    open: async () => ({ ...app.engine, close: async () => undefined }), publicUrl: consoleOrigin, issuer: issuer?.settings.issuer, print: say, printError: say, readInput: async () => 'a password from outside', prepareMessages: () => undefined,
  })
  return { code, said: said.join('\n') }
}

/** @returns the login name of a member. */
export const loginOf = (app: TestApp, partner: TestPartner, { memberId }: Client): Promise<string> =>
  app.inTenant(partner.id, async (tx) => (await tx.rows<{ login: string }>(sql`select login from members where partner_id = ${partner.id} and id = ${memberId}`))[0]?.login ?? '')

/** Links a member by the operator's command. @returns the login name. */
export async function link(app: TestApp, issuer: Issuer, partner: TestPartner, member: Client, subject: string): Promise<string> {
  const login = await loginOf(app, partner, member)
  const { code, said } = await operate(app, issuer, 'member:identity', '--partner', partner.account, '--member', login, '--subject', subject)
  if (code !== 0) throw new Error(said)
  return login
}
