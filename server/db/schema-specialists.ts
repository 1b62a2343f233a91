import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { cloudAccounts } from './schema-invites.ts'
import { members } from './schema.ts'

// Project specialists. The global tables are read before it is known whose specialist somebody is.

const at = (name: string) => timestamp(name, { withTimezone: true })
const partnerId = uuid('partner_id').notNull()

/** What a specialist's link opens. The token itself is nowhere. */
export const specialistTokens = pgTable('specialist_tokens', { tokenHash: text('token_hash').primaryKey(), partnerId, specialistId: uuid('specialist_id').notNull() })

/** Whose specialist an account is, or was last, and the qualifications it keeps. One partner's at a time, because only an ended one may be replaced. */
export const specialistAccounts = pgTable('specialist_accounts', {
  accountId: uuid('account_id').primaryKey().references(() => cloudAccounts.id), partnerId, specialistId: uuid('specialist_id').notNull(), isActive: boolean('is_active').notNull(),
  qualifications: jsonb('qualifications').notNull().default([]), changedAt: at('changed_at'),
})

export const specialists = pgTable('specialists', {
  partnerId, id: uuid('id').notNull(), name: text('name').notNull(), way: text('way').notNull(),
  /** E.164, a mail address, or the name of a vendor account. */
  destination: text('destination').notNull(), language: text('language').notNull(),
  /** As it was left; an invitation whose time is over reads as LAPSED. */
  state: text('state').notNull(), reason: text('reason'), inviterId: uuid('inviter_id').notNull(), /** The message that carries the present link. */ messageId: uuid('message_id'),
  invitedAt: at('invited_at').notNull(), sentAt: at('sent_at').notNull(), expiresAt: at('expires_at').notNull(),
  accountId: uuid('account_id').references(() => cloudAccounts.id), acceptedAt: at('accepted_at'), boundAt: at('bound_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), foreignKey({ columns: [t.partnerId, t.inviterId], foreignColumns: [members.partnerId, members.id] }),
  index('specialists_invited').on(t.partnerId, t.invitedAt, t.id),
  // Nobody is invited twice at a time; a lapsed invitation is sent again instead.
  uniqueIndex('specialists_open').on(t.partnerId, t.way, sql`lower(${t.destination})`).where(sql`state in ('INVITED','UNDER_REVIEW','BOUND')`),
  check('specialists_way', sql`${t.way} in ('MOBILE','EMAIL','ACCOUNT')`), check('specialists_state', sql`${t.state} in ('INVITED','UNDER_REVIEW','BOUND','REJECTED','UNBOUND','CANCELLED')`),
  check('specialists_account', sql`(${t.accountId} is null) = (${t.acceptedAt} is null) and (${t.accountId} is not null or ${t.state} in ('INVITED','CANCELLED'))`),
])
