import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { WhitelistPreview, whitelistRowsMax, whitelistUploadPath } from '#contract/coupon-whitelist.ts'
import { sql } from '#server/db/query.ts'
import type { Database } from '#server/db/transaction.ts'
import { writeWorkbook } from '#server/spreadsheets/write.ts'
import { signIn, type ConsoleClient } from '#server/testing/console-client.ts'
import { makeLoadPartner } from '#server/testing/load-partner.ts'
import { median } from './figures.ts'

const account = 'whitelist'
/** The vendor's accounts that are nobody's customer, beside those of the lists' partners. */
const accounts = 100_000
const turns = 5
export type WhitelistFigure = { what: string; rows: number; /** Medians in milliseconds. */ upload: number; read: number; confirm: number | undefined }

/** A subsidy partner, and the vendor's accounts that it may name. */
export async function makeWhitelistPartner(database: Database): Promise<void> {
  const { id } = await makeLoadPartner(database, { account, members: 1, customers: 10, topUpMinor: 1_00n })
  await database.inTenant(id, (tx) => tx.run(sql`update partners set type = 'SUBSIDY' where id = ${id}::uuid`))
  // In slices, each within the time a statement may take.
  for (let from = 1; from <= accounts; from += 10_000) await database.inGlobal((tx, now) => tx.run(sql`insert into cloud_accounts (id, name, company, language, registered_at)
    select gen_random_uuid(), 'listed.' || n, '云帆名单' || n || '号有限公司', 'zh-CN', ${now}::timestamptz from generate_series(${from}::int, ${from + 9_999}::int) n`))
}

/** One row of two names its customer by account, the others by company; every hundredth is unknown where `wrong`. @param turn so that each list is another one. */
const rowsOf = (turn: number, wrong: boolean): string[][] => [['Account', 'Customer name'], ...Array.from({ length: whitelistRowsMax }, (_, place) => {
  const n = (turn * whitelistRowsMax + place) % accounts + 1
  return wrong && place % 100 === 0 ? [`nobody.${n}`, ''] : place % 2 === 0 ? [`listed.${n}`, ''] : ['', `云帆名单${n}号有限公司`]
})]
const files: Record<string, (turn: number, wrong: boolean) => Uint8Array> = {
  'workbook': (turn, wrong) => writeWorkbook(rowsOf(turn, wrong)),
  'CSV': (turn, wrong) => Buffer.from(rowsOf(turn, wrong).map((cells) => cells.join(',')).join('\r\n')),
}

async function upload(client: ConsoleClient, name: string, content: Uint8Array): Promise<WhitelistPreview> {
  const form = new FormData()
  form.append('file', new File([new Uint8Array(content)], name))
  const sent = new Response(form)
  const { status, text } = await client.send('POST', whitelistUploadPath, Buffer.from(await sent.arrayBuffer()), { 'content-type': sent.headers.get('content-type') ?? '' })
  if (status !== 200) throw new Error(`the file was answered ${status}: ${text}`)
  return WhitelistPreview.parse(JSON.parse(text))
}

async function timed<Result>(times: number[], isCounted: boolean, act: () => Promise<Result>): Promise<Result> {
  const from = performance.now()
  const result = await act()
  if (isCounted) times.push(performance.now() - from)
  return result
}

/** Each file is uploaded, its first page of rows read, and where no row is refused, imported. The first turn counts for nothing. */
export async function measureWhitelist(database: Database, url: string): Promise<WhitelistFigure[]> {
  const client = await signIn(url, { account, member: 'p1', password: 'load-partner-password' })
  const figures: WhitelistFigure[] = []
  for (const [kind, fileOf] of Object.entries(files)) {
    for (const wrong of [true, false]) {
      const [uploads, reads, confirms] = [Array.of<number>(), Array.of<number>(), Array.of<number>()]
      for (let turn = 0; turn <= turns; turn++) {
        await database.inGlobal((tx) => tx.run(sql`delete from limits`))
        const content = fileOf(turn, wrong)
        const preview = await timed(uploads, turn > 0, () => upload(client, kind === 'CSV' ? 'list.csv' : 'list.xlsx', content))
        if (preview.rows !== whitelistRowsMax || preview.refused !== (wrong ? whitelistRowsMax / 100 : 0)) throw new Error(`of ${preview.rows} rows ${preview.refused} were refused`)
        const page = await timed(reads, turn > 0, () => client.send('POST', `${whitelistUploadPath}/${preview.id}/query`, { only: wrong ? 'refused' : 'all' }))
        if (page.status !== 200) throw new Error(`the preview was answered ${page.status}: ${page.text}`)
        if (wrong) continue
        const done = await timed(confirms, turn > 0, () => client.send('POST', '/api/coupons/whitelist/versions', { previewId: preview.id }, { 'idempotency-key': randomUUID() }))
        if (done.status !== 200 || z.object({ size: z.int() }).parse(JSON.parse(done.text)).size !== whitelistRowsMax) throw new Error(`the import was answered ${done.status}: ${done.text}`)
      }
      figures.push({ what: `${kind}, ${wrong ? '100 rows refused' : 'every row known'}`, rows: whitelistRowsMax, upload: median(uploads), read: median(reads), confirm: wrong ? undefined : median(confirms) })
    }
  }
  client.close()
  return figures
}
