import { randomUUID } from 'node:crypto'
import { whitelistUploadPath, type WhitelistPreview } from '#contract/coupon-whitelist.ts'
import type { Problem } from '#contract/errors.ts'
import { list, sql } from '#server/db/query.ts'
import type { Client, TestApp } from './app.ts'

type NewAccount = { name: string; company?: string | null; masterId?: string | null }
/** Accounts at the vendor that are nobody's customer, as account:create makes them. @returns their ids. */
export async function addAccounts(app: TestApp, accounts: readonly NewAccount[]): Promise<string[]> {
  const ids = accounts.map(() => randomUUID())
  await app.database.inGlobal((tx, now) => tx.run(sql`insert into cloud_accounts (id, name, company, master_id, language, registered_at)
    select n.id, n.name, n.company, n.master, 'zh-CN', ${now}::timestamptz from unnest(${list(ids)}::uuid[], ${list(accounts.map(({ name }) => name))}::text[], ${list(accounts.map(({ company }) => company ?? null))}::text[], ${list(accounts.map(({ masterId }) => masterId ?? null))}::uuid[]) as n(id, name, company, master)`))
  return ids
}

type Upload = { name?: string; headers?: Record<string, string>; csrf?: string | null }
/** Sends a file as the page does. */
export async function uploadWhitelist(app: TestApp, client: Client, content: string | Uint8Array, { name = 'whitelist.csv', headers = {}, csrf }: Upload = {}): Promise<{ status: number; body: WhitelistPreview; problem: Problem }> {
  const form = new FormData()
  form.append('file', new File([typeof content === 'string' ? content : new Uint8Array(content)], name))
  const value = csrf === undefined ? app.csrfOf(client) : csrf
  const response = await app.request(whitelistUploadPath, { method: 'POST', body: form, headers: { cookie: `session=${client.token}`, origin: 'http://console.test', 'accept-language': 'en-US', ...(value !== null && { 'x-csrf': value }), ...headers } })
  const parsed = JSON.parse(await response.text())
  return { status: response.status, body: parsed, problem: parsed }
}
