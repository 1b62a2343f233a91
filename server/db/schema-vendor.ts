import { pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** What the vendor operator posted under a number of its own, so that a command whose answer was lost can be sent again: it answers what was done. */
export const vendorReferences = pgTable('vendor_references', {
  partnerId: uuid('partner_id').notNull(), reference: text('reference').notNull(), command: text('command').notNull(), /** Of everything that was asked for. */ digest: text('digest').notNull(),
  /** What the operator was told. */ said: text('said').notNull(), at: timestamp('at', { withTimezone: true }).notNull(),
}, (t) => [primaryKey({ columns: [t.partnerId, t.reference] })])
