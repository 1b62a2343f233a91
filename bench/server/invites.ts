import * as z from 'zod/mini'
import { sql } from '#server/db/query.ts'
import type { Database } from '#server/db/transaction.ts'
import { signIn, type ConsoleClient } from '#server/testing/console-client.ts'
import { makeLoadPartner, type LoadPartner } from '#server/testing/load-partner.ts'
import { median } from './figures.ts'
import { forgetLookUps } from './lists.ts'

export const recordSizes = [1_000, 10_000] as const
const views = {
  'default view': {}, 'part of a name': { lookup: { name: '桥科' } }, 'last four digits': { lookup: { mobile: '0042' } }, 'opened ones': { filter: { state: 'OPENED' } }, 'one cause': { filter: { cause: 'UNPAID_BILLS' } },
  'by expiry': { sort: 'expiresAt' }, 'page 50': { page: 50, pageSize: 20 },
} as const
export type RecordFigure = { view: string; /** Medians in milliseconds. */ small: number; large: number; smallTotal: number; largeTotal: number }

const accountOf = (records: number) => `records-${records}`

/** A partner of each size, with mail invitations of the last half year in every state. */
export async function makeRecordPartners(database: Database): Promise<void> {
  for (const records of recordSizes) await fill(database, await makeLoadPartner(database, { account: accountOf(records), members: 1, customers: 1, topUpMinor: 1_00n }), records)
}

async function fill(database: Database, partner: LoadPartner, records: number): Promise<void> {
  const member = partner.members[0]?.id
  await database.inTenant(partner.id, async (tx, now) => {
    // Names as uneven as real ones: one of forty holds the part that is looked for.
    await tx.run(sql`insert into prospects (partner_id, id, name, mobile, email, state, reporter_id, reported_at, expires_at)
      select ${partner.id}::uuid, gen_random_uuid(), (array['青禾','云海','远帆','北辰','星桥','青屿','恒岳','百川'])[1 + n % 8] || case when n % 40 = 0 then '桥科' else '数智' end || n || '有限公司', '+86100' || lpad(n::text, 8, '0'), 'it' || n || '@prospect.example',
          'EXPIRED', ${member}::uuid, ${now}::timestamptz - n * interval '20 minutes', ${now}::timestamptz - n * interval '20 minutes' from generate_series(1, ${records}::int) n`)
    await tx.run(sql`insert into invitations (partner_id, id, number, kind, association_type, prospect_id, name, mobile, email, inviter_id, sent_at, expires_at, state, cause, opened_at)
      select p.partner_id, gen_random_uuid(), 'IV' || lpad(row_number() over (order by p.reported_at)::text, 12, '0'), 'MAIL', case when p.place % 2 = 0 then 'RESALE' else 'REFERRAL' end, p.id, p.name, p.mobile, p.email, ${member}::uuid,
          p.reported_at, p.reported_at + interval '7 days', (array['SENT','OPENED','FAILED','REVOKED','REPLACED'])[1 + p.place % 5], case when p.place % 5 = 2 then (array['UNPAID_BILLS','PHONE_DIFFERS'])[1 + p.place % 2] end, case when p.place % 5 = 1 then p.reported_at end
        from (select prospects.*, row_number() over (order by reported_at)::int as place from prospects where partner_id = ${partner.id}) p`)
  })
}

const List = z.object({ total: z.int() })

async function read(client: ConsoleClient, body: unknown): Promise<number> {
  const { status, text } = await client.send('POST', '/api/invitations/query', body)
  if (status !== 200) throw new Error(`the records were answered ${status}: ${text}`)
  return List.parse(JSON.parse(text)).total
}

/** @param samples reads per view and size, in turns. */
export async function measureRecords(database: Database, url: string, samples: number): Promise<RecordFigure[]> {
  const password = 'load-partner-password'
  const [small, large] = await Promise.all(recordSizes.map((records) => signIn(url, { account: accountOf(records), member: 'p1', password })))
  if (!small || !large) throw new Error('nobody signed in')
  const figures: RecordFigure[] = []
  for (const [view, body] of Object.entries(views)) {
    const times = { small: Array.of<number>(), large: Array.of<number>() }
    const totals = { small: 0, large: 0 }
    for (let sample = -5; sample < samples; sample++) {
      if (sample % 20 === 0) await forgetLookUps(database)
      for (const [size, client] of [['small', small], ['large', large]] as const) {
        const from = performance.now()
        totals[size] = await read(client, body)
        if (sample >= 0) times[size].push(performance.now() - from)
      }
    }
    figures.push({ view, small: median(times.small), large: median(times.large), smallTotal: totals.small, largeTotal: totals.large })
  }
  small.close()
  large.close()
  return figures
}
