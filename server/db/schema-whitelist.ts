import { sql } from 'drizzle-orm'
import { customType, foreignKey, index, integer, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'

// The customer whitelist of a subsidy partner. What it names is an account at the vendor, by its name: whoever is on it need not be the partner's customer yet.

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })
const at = (name: string) => timestamp(name, { withTimezone: true })
const partnerId = uuid('partner_id').notNull()

/** The list as a whole; missing while nobody was ever on it. An import makes the next version; every change, also by hand, the next revision. */
export const couponWhitelists = pgTable('coupon_whitelists', { partnerId: uuid('partner_id').primaryKey(), version: integer('version').notNull(), revision: integer('revision').notNull(), at: at('at').notNull(), memberId: uuid('member_id').notNull() })

/** Who is on it now. Names stand here as they were known when the row was added. */
export const couponWhitelist = pgTable('coupon_whitelist', {
  partnerId, id: uuid('id').notNull(), accountName: text('account_name').notNull(), accountKey: text('account_key').notNull().generatedAlwaysAs(sql`lower(normalize(account_name, NFKC))`),
  name: text('name').notNull(), nameKey: text('name_key').notNull().generatedAlwaysAs(sql`lower(normalize(name, NFKC))`),
  /** The master account of an enterprise member. */ masterAccountName: text('master_account_name'), version: integer('version').notNull(), /** Of the file, or 0 by hand: rows of one version stay in its order. */ place: integer('place').notNull(), addedAt: at('added_at').notNull(),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), uniqueIndex('coupon_whitelist_account').on(t.partnerId, t.accountKey), index('coupon_whitelist_added').on(t.partnerId, t.addedAt, t.place, t.id),
  foreignKey({ columns: [t.partnerId], foreignColumns: [couponWhitelists.partnerId] }),
])

/** A file that was read and waits for a confirm question: what it would make of the list, bound to the revision it was compared with. */
export const whitelistPreviews = pgTable('whitelist_previews', {
  partnerId, id: uuid('id').notNull(), memberId: uuid('member_id').notNull(), revision: integer('revision').notNull(),
  /** The rows with what is wrong with each, encrypted: they hold what somebody typed. */ sealed: bytes('sealed').notNull(), createdAt: at('created_at').notNull(), expiresAt: at('expires_at').notNull(),
}, (t) => [primaryKey({ columns: [t.partnerId, t.id] }), uniqueIndex('whitelist_previews_member').on(t.partnerId, t.memberId)])
