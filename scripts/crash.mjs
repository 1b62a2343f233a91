// Kills the server, and PostgreSQL, at random moments while money moves, and looks whether the books still say what was acknowledged.
//   node scripts/crash.mjs [--rounds 50] [--target server,postgres,together,embedded] [--seed 1]
// `both` is server and postgres, each on its own. Without --target all four. Runs on the Node of the dependencies (npm run crash).
import { runMain } from './install.mjs'

await runMain(async () => {
  const { crash } = await import('./crash/run.ts')
  return crash(process.argv.slice(2))
})
