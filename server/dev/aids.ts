import type { Env } from '#server/env.ts'
import type { Running, StartOptions } from '#server/start.ts'
import { demoAccounts, demoPassword } from './demo-people.ts'
import { seedDemo } from './demo.ts'
import { createOutbox } from './outbox.ts'

/** What helps to try the product out: the outbox in place of providers, and demo data on an empty embedded database. */
export function developmentAids(): { outbox: NonNullable<StartOptions['aids']>; prepare(running: Running, env: Env): Promise<void> } {
  const { sms, email, routes } = createOutbox()
  return {
    outbox: { sms, email, mount: (app) => void app.route('/', routes) },
    async prepare({ database }, env) {
      if (database.engine.kind !== 'embedded' && !env.DEMO) return
      await database.inGlobal(async (_tx, now) => now).then((now) => seedDemo(database, now))
      const lines = demoAccounts.map(({ account, member, story }) => `    ${account}${member ? ` / ${member}` : ''}`.padEnd(32) + story)
      process.stdout.write(`\n  Demo accounts (password of all: ${demoPassword})\n${lines.join('\n')}\n`)
    },
  }
}
