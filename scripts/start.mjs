// `npm start`: whatever is missing is made, then the server runs under the Node that came with the dependencies.
//
// package.json says `exec node …`, because otherwise a SIGTERM for npm ends the shell in between and nobody else. The shell of Windows has no
// `exec`; it goes on with the second half of that line.
import { ensureConsole } from './build.mjs'
import { ensureInstalled, envFile, findNode, runMain, supervise } from './install.mjs'

// The server drains for at most 30 seconds; a little more, so that its own last word is heard.
const graceSeconds = 33

await runMain(async () => {
  ensureInstalled()
  await ensureConsole()
  return supervise(
    [
      {
        command: findNode(),
        // Without the bound on new objects V8 takes 100 MB more while the modules load, and keeps them.
        args: ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8', ...envFile(), 'server/main.ts'],
        // Linux: with an arena for each thread of the pool, what one of them freed would be of no use to the others (30 MB).
        env: { MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '2' },
      },
    ],
    graceSeconds,
  )
})
