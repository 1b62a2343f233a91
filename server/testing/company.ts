import type * as z from 'zod/mini'
import { documentPath, licenceUploadPath, type LicenceRead } from '#contract/company.ts'
import type { Problem } from '#contract/errors.ts'
import { sql } from '#server/db/query.ts'
import type { Client, TestApp } from './app.ts'
import { licenceCode } from './files.ts'

/** What the vendor has entered, as company:create does. */
export async function enterCompany(app: TestApp, partnerId: string): Promise<void> {
  await app.inTenant(partnerId, (tx) => tx.run(sql`insert into companies (partner_id, credit_code, contracting_entity, address, representative, industry, phone, website)
    values (${partnerId}::uuid, ${licenceCode}, '华辰云计算技术有限公司', '深圳市南山区旧港路1号', '沈若溪', '软件和信息技术服务', '0755-26880000', 'https://yungang.example')`))
}

type Upload = { /** Where to; a licence without it. */ path?: string; type?: string; name?: string; field?: string; headers?: Record<string, string>; csrf?: string | null; more?: Record<string, string> }
/** Sends a file as the page does. */
export async function upload(app: TestApp, client: Client, bytes: Uint8Array, { path = licenceUploadPath, type = 'image/png', name = 'licence.png', field = 'file', headers = {}, csrf, more = {} }: Upload = {}): Promise<{ status: number; body: z.infer<typeof LicenceRead>; problem: Problem; text: string }> {
  const form = new FormData()
  form.append(field, new File([new Uint8Array(bytes)], name, { type }))
  for (const [key, value] of Object.entries(more)) form.append(key, value)
  const value = csrf === undefined ? app.csrfOf(client) : csrf
  const response = await app.request(path, { method: 'POST', body: form, headers: { cookie: `session=${client.token}`, origin: 'http://console.test', 'accept-language': 'en-US', ...(value !== null && { 'x-csrf': value }), ...headers } })
  const text = await response.text()
  const parsed = JSON.parse(text)
  return { status: response.status, body: parsed, problem: parsed, text }
}

/** @returns the answer to the download of a file. */
export const download = (app: TestApp, client: Pick<Client, 'token'> | undefined, id: string): Promise<Response> =>
  app.request(documentPath(id), { headers: { 'accept-language': 'en-US', ...(client && { cookie: `session=${client.token}` }) } })
