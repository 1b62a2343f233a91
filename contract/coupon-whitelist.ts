import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lookupAnswer } from './invites.ts'
import { Masked } from './masked.ts'
import { Id, Instant, listOf, pageFields } from './page.ts'
import type { Locale } from './people.ts'

// The customer whitelist of a subsidy partner: only who is on it gets a coupon from it.

/** What an imported file has at most. */
export const whitelistRowsMax = 10_000
export const whitelistBytesMax = 5 * 1024 * 1024

export const WhitelistEntry = z.object({
  id: Id, nameMasked: Masked, accountNameMasked: Masked,
  /** The master account of an enterprise member; it gets the member's coupons. */
  memberOfMasked: z.nullable(Masked),
  version: z.int(), addedAt: Instant,
})
export type WhitelistEntry = z.infer<typeof WhitelistEntry>
export const WhitelistSort = z.enum(['-addedAt', 'addedAt'])
export type WhitelistSort = z.infer<typeof WhitelistSort>
/** Any part of the name or of the account name. */
export const WhitelistLookup = z.strictObject({ name: z.optional(z.string().check(z.trim(), z.minLength(2, 'name_part'), z.maxLength(64, 'name_part'))) })
export const queryWhitelist = endpoint({
  method: 'POST', path: '/api/coupons/whitelist/query', reads: true,
  body: z.strictObject({ ...pageFields, sort: z._default(WhitelistSort, '-addedAt'), lookup: z.optional(WhitelistLookup), /** Opaque id of an earlier look-up of the same person. Used only without `lookup`. */ view: z.optional(Id) }),
  response: z.object({ ...listOf(WhitelistEntry).shape, ...lookupAnswer, /** Null: nobody was ever on it. */ version: z.nullable(z.int()), changedAt: z.nullable(Instant), /** All rows, whatever was looked for. */ size: z.int() }),
})

/** Puts one customer on the list, by its exact name or account name. Refuses one that the vendor does not know, a name that several have, and one that stands there. */
export const addToWhitelist = endpoint({
  method: 'POST', path: '/api/coupons/whitelist',
  body: z.strictObject({ value: z.string().check(z.trim(), z.minLength(1, 'required'), z.maxLength(128, 'too_long')) }), response: WhitelistEntry,
})
/** Coupons that were issued stay. */
export const removeFromWhitelist = endpoint({ method: 'DELETE', path: '/api/coupons/whitelist/:id', params: z.strictObject({ id: Id }), response: z.object({ size: z.int() }) })

/** Where a new version is uploaded: a form with one part `file`, XLSX or CSV. Answers with WhitelistPreview and changes nothing. */
export const whitelistUploadPath = '/api/coupons/whitelist/previews'
/** An empty file with the headings, as an attachment. */
export const whitelistTemplatePath = (format: 'xlsx' | 'csv', language: Locale): string => `/api/coupons/whitelist/template?format=${format}&language=${language}`

export const WhitelistPreview = z.object({
  id: Id, /** Until then it can be confirmed, by whoever uploaded it. */ expiresAt: Instant,
  /** Of the list it would replace; null: there is none. */ version: z.nullable(z.int()), size: z.int(),
  rows: z.int(), /** With any of these nothing can be imported. */ refused: z.int(),
  /** What the new version would bring: customers who come, go and stay. */ added: z.int(), removed: z.int(), kept: z.int(),
})
export type WhitelistPreview = z.infer<typeof WhitelistPreview>

/** Why a row cannot be imported: neither name nor account; not known to the vendor; a name that several have; name and account of different customers;
 *  there already, at row `other`; more than 128 characters; begins like a formula; a masked value. */
export const WhitelistProblem = z.enum(['empty', 'unknown', 'several', 'differs', 'duplicate', 'too_long', 'formula', 'masked'])
export type WhitelistProblem = z.infer<typeof WhitelistProblem>
export const WhitelistPreviewRow = z.object({
  /** As the spreadsheet counts. */ row: z.int(), accountNameMasked: z.nullable(Masked), nameMasked: z.nullable(Masked), memberOfMasked: z.nullable(Masked),
  problem: z.nullable(z.object({ code: WhitelistProblem, other: z.nullable(z.int()) })),
})
export type WhitelistPreviewRow = z.infer<typeof WhitelistPreviewRow>
const idParams = z.strictObject({ id: Id })
export const queryWhitelistPreview = endpoint({
  method: 'POST', path: '/api/coupons/whitelist/previews/:id/query', reads: true, params: idParams,
  body: z.strictObject({ ...pageFields, only: z._default(z.enum(['refused', 'all']), 'all') }), response: listOf(WhitelistPreviewRow),
})
/** Replaces the list by exactly what the preview showed. Refuses `stale` when the list was changed since, and one with refused rows. */
export const importWhitelist = endpoint({
  method: 'POST', path: '/api/coupons/whitelist/versions', idempotent: true, body: z.strictObject({ previewId: Id }), response: z.object({ version: z.int(), size: z.int() }),
})
