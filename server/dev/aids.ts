import type { DevelopmentAids } from '#server/start.ts'
import { makeDemoDirectory } from './demo-directory.ts'
import { demoCustomerAccounts, demoSignedCustomer } from './demo-invites.ts'
import { demoAccounts, demoPassword } from './demo-people.ts'
import { demoSpecialistAccounts } from './demo-specialists.ts'
import { seedDemo } from './demo.ts'
import { createOutbox } from './outbox.ts'

/** What helps to try the product out: the outbox in place of providers, and demo data on an empty embedded database.
 *  @param alsoOnPostgres whether an empty PostgreSQL database gets the demo data, too. */
export function developmentAids(alsoOnPostgres: boolean): DevelopmentAids & { greeting: string } {
  const { sms, email, routes } = createOutbox()
  const lines = demoAccounts.map(({ account, member, story }) => `    ${account}${member ? ` / ${member}` : ''}`.padEnd(32) + story)
  const customers = [demoSignedCustomer, ...demoCustomerAccounts, ...demoSpecialistAccounts].map(({ name, story }) => `    ${name}`.padEnd(32) + story)
  return {
    sms, email, mount: (app) => void app.route('/', routes),
    greeting: `  Demo accounts (password of all: ${demoPassword})\n${lines.join('\n')}\n  Customers and project specialists, who sign in at /my/sign-in, /my/specialist or behind an invitation\n${customers.join('\n')}\n\n`,
    prepareDirectory: makeDemoDirectory,
    async prepare(database, secrets) {
      if (database.engine.kind !== 'embedded' && !alsoOnPostgres) return
      await seedDemo(database, await database.inGlobal(async (_tx, now) => now), secrets)
    },
  }
}
