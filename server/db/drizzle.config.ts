import { defineConfig } from 'drizzle-kit'

export default defineConfig({ dialect: 'postgresql', schema: ['./server/db/schema.ts', './server/db/schema-invites.ts', './server/db/schema-organization.ts', './server/db/schema-confirmations.ts', './server/db/schema-company.ts', './server/db/schema-specialists.ts', './server/db/schema-coupons.ts', './server/db/schema-incentives.ts', './server/db/schema-payouts.ts', './server/db/schema-whitelist.ts', './server/db/schema-vendor.ts'], out: './server/db/migrations' })
