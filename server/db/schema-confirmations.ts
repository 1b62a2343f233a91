import { sql } from 'drizzle-orm'
import { bigint, check, customType, foreignKey, index, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { members } from './schema.ts'

// Tables of what people confirm and sign in with beside messages, and of the roles a partner makes.

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })
const at = (name: string) => timestamp(name, { withTimezone: true })
const partnerId = uuid('partner_id').notNull()

/** Authenticator apps and passkeys. Of an app the sealed secret and the newest time step that was taken; of a passkey its public key and counter. */
export const authenticators = pgTable('authenticators', {
  partnerId, id: uuid('id').notNull(), memberId: uuid('member_id').notNull(), kind: text('kind').notNull(), name: text('name').notNull(),
  sealedSecret: bytes('sealed_secret'), lastStep: bigint('last_step', { mode: 'bigint' }),
  credentialId: text('credential_id'), publicKey: bytes('public_key'), counter: bigint('counter', { mode: 'bigint' }), transports: text('transports').array(),
  createdAt: at('created_at').notNull(), lastUsedAt: at('last_used_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), foreignKey({ columns: [t.partnerId, t.memberId], foreignColumns: [members.partnerId, members.id] }),
  index('authenticators_member').on(t.partnerId, t.memberId, t.createdAt), uniqueIndex('authenticators_credential').on(t.partnerId, t.credentialId),
  check('authenticators_kind', sql`${t.kind} = 'totp' and ${t.sealedSecret} is not null and ${t.lastStep} is not null or ${t.kind} = 'passkey' and ${t.credentialId} is not null and ${t.publicKey} is not null and ${t.counter} is not null`),
])

/** A challenge that waits for a passkey, or a secret that waits for its first code: one per sign-in and purpose, used once. */
export const challenges = pgTable('challenges', {
  partnerId, memberId: uuid('member_id').notNull(), sessionId: uuid('session_id').notNull(), purpose: text('purpose').notNull(),
  sealed: bytes('sealed').notNull(), expiresAt: at('expires_at').notNull(),
}, (t) => [primaryKey({ columns: [t.partnerId, t.memberId, t.sessionId, t.purpose] }), index('challenges_lapse').on(t.partnerId, t.expiresAt)])

/** Who an issuer's subject is here. Without a partner's fence, because it is read before anybody is signed in. */
export const identities = pgTable('identities', {
  issuer: text('issuer').notNull(), subject: text('subject').notNull(), partnerId, memberId: uuid('member_id').notNull(), linkedAt: at('linked_at').notNull(),
}, (t) => [primaryKey({ columns: [t.issuer, t.subject] }), uniqueIndex('identities_member').on(t.partnerId, t.memberId)])

export const customRoles = pgTable('custom_roles', {
  partnerId, id: uuid('id').notNull(), name: text('name').notNull(), description: text('description').notNull(), permissions: text('permissions').array().notNull(),
  createdAt: at('created_at').notNull(), changedAt: at('changed_at').notNull(), changedById: uuid('changed_by_id').notNull(),
}, (t) => [primaryKey({ columns: [t.partnerId, t.id] }), uniqueIndex('custom_roles_name').on(t.partnerId, sql`lower(${t.name})`)])
