import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import * as z from 'zod/mini'
import { CommandRefused } from './command.ts'

// A backup is gzipped text, one line each: a header; for every table its name after `=` and its rows as JSON; a last line with the number of rows,
// the sequences and the SHA-256 of everything before it. Rows stay text on both ways, because a number of JavaScript could not carry them all.

/** Tables that are kept, in an order in which rows only refer to rows before them. */
export const keptTables = [
  'partners', 'logins', 'installation', 'cloud_accounts', 'activities', 'members', 'verification_guards', 'preferences', 'customers', 'expenditures', 'accounts', 'transfers', 'entries', 'lots', 'adjustments', 'lot_moves',
  'proofs', 'request_keys', 'log_heads', 'log_entries', 'messages', 'export_tasks', 'export_chunks',
  'reservations', 'prospects', 'invite_links', 'invitations', 'invite_tokens', 'agreements', 'expenditure_days', 'assignments', 'handovers', 'handover_customers',
  'identities', 'authenticators', 'custom_roles', 'files', 'companies', 'company_changes', 'customer_contacts', 'cases', 'case_materials', 'partner_agreements', 'customer_notices', 'notice_choices', 'customer_bills',
  'specialists', 'specialist_accounts', 'specialist_tokens',
  'incentive_programs', 'incentive_statements', 'incentive_line_groups', 'incentive_customer_groups', 'incentive_lines', 'incentive_adjustments', 'incentive_freezes', 'incentive_frozen_lines', 'incentive_feedbacks', 'incentive_reminders',
  'coupon_quotas', 'coupons', 'coupon_redemptions', 'coupon_records', 'coupon_whitelists', 'coupon_whitelist', 'vendor_references',
  'business_submissions', 'businesses', 'payout_settings', 'payment_requests', 'payment_items', 'payment_steps', 'incentive_invoices', 'invoice_numbers',
] as const

/** Tables that are not: sessions, links to a new password, previews and look-ups end with a restore, limits begin anew, the others are made from what is kept. */
export const leftTables: readonly string[] = ['sessions', 'customer_sessions', 'public_codes', 'openings', 'challenges', 'whitelist_previews', 'set_ups', 'limits', 'views', 'customer_grams', 'customer_totals', 'coupon_totals', 'coupon_changes', 'manager_totals', 'manager_days', 'schema_migrations']

/** Columns that are left empty: a code must not leave the house, not even as a keyed hash. */
export const leftColumns: readonly string[] = ['proofs.code_mac']

export const Header = z.object({ format: z.literal('partner-center-backup'), version: z.literal(1), takenAt: z.string(), migrations: z.array(z.object({ tag: z.string(), hash: z.string() })) })
export type Header = z.infer<typeof Header>
const Footer = z.object({ rows: z.record(z.string(), z.int()), sequences: z.array(z.object({ name: z.string(), last: z.string(), called: z.boolean() })), sha256: z.string() })
export type Footer = z.infer<typeof Footer>

/** What a backup holds, once it was read to the end and found whole. */
export type Checked = { header: Header; footer: Footer; partnerIds: string[] }

/** Adds lines to the checksum as they are written. */
export const hashLine = (hash: Hash, line: string): string => {
  hash.update(`${line}\n`)
  return `${line}\n`
}

/** Reads a backup to its end. @returns what it holds. Refuses with CommandRefused a file that is not a backup, was cut, or changed since it was made. */
export async function checkBackup(file: string): Promise<Checked> {
  const hash = createHash('sha256')
  const rows: Record<string, number> = {}
  const partnerIds: string[] = []
  let header: Header | undefined
  let last: string | undefined
  let table: string | undefined
  for await (const line of readLines(file)) {
    if (last !== undefined) hashLine(hash, last)
    last = line
    if (!header) header = parseLine(Header, line, file)
    else if (line.startsWith('=')) rows[table = line.slice(1)] = 0
    else if (table !== undefined && line.startsWith('{')) {
      rows[table] = (rows[table] ?? 0) + 1
      if (table === 'partners') partnerIds.push(parseLine(WithId, line, file).id)
    }
  }
  if (!header || last === undefined || !last.startsWith('!')) throw damaged(file)
  const footer = parseLine(Footer, last.slice(1), file)
  if (footer.sha256 !== hash.digest('hex') || JSON.stringify(footer.rows) !== JSON.stringify(rows)) throw damaged(file)
  return { header, footer, partnerIds }
}

/** The rows of a backup that was checked, some hundred at a time. */
export async function* readRows(file: string): AsyncGenerator<{ table: string; rows: string[] }> {
  let table: string | undefined
  let rows: string[] = []
  let size = 0
  for await (const line of readLines(file)) {
    const isRow = line.startsWith('{') && table !== undefined
    if (table !== undefined && rows.length > 0 && (!isRow || size > batchBytes || rows.length >= batchRows)) {
      yield { table, rows }
      rows = []
      size = 0
    }
    if (isRow) {
      rows.push(line)
      size += line.length
    } else if (line.startsWith('=')) table = line.slice(1)
  }
}

const batchRows = 1000
const batchBytes = 4 * 1024 * 1024
const WithId = z.object({ id: z.uuid() })

function parseLine<T extends z.ZodMiniType>(schema: T, line: string, file: string): z.output<T> {
  try {
    return schema.parse(JSON.parse(line))
  } catch {
    throw damaged(file)
  }
}

const damaged = (file: string): CommandRefused => new CommandRefused(`${file} is not a whole backup: it was cut or changed after it was made. Nothing was restored.`)

/** Lines end with a line feed and nothing else: JSON may hold every other sign that some readers take for an end. */
async function* readLines(file: string): AsyncGenerator<string> {
  // Put together once a line is whole: a file of a partner is a line of ten megabytes, in many small parts.
  let rest: Buffer[] = []
  const source = createReadStream(file)
  const text = source.pipe(createGunzip())
  source.on('error', (error) => text.destroy(error))
  try {
    for await (const chunk of text) {
      const part = Buffer.from(chunk)
      let from = 0
      for (let end = part.indexOf(10); end >= 0; end = part.indexOf(10, from)) {
        yield Buffer.concat([...rest, part.subarray(from, end)]).toString('utf8')
        rest = []
        from = end + 1
      }
      if (from < part.length) rest.push(part.subarray(from))
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new CommandRefused(`There is no file ${file}.`)
    if (error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_')) throw damaged(file)
    throw error
  } finally {
    source.destroy()
  }
  if (rest.length > 0) throw damaged(file)
}
