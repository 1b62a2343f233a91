// `npm run dev`: the console from vite with hot reload, the server again whenever one of its files changes.
import { join } from 'node:path'
import { ensureInstalled, findNode, root, runMain, supervise } from './install.mjs'

await runMain(async () => {
  ensureInstalled()
  const node = findNode()
  return supervise(
    [
      {
        command: node,
        args: ['--watch', '--watch-preserve-output', '--disable-warning=ExperimentalWarning', '--env-file-if-exists=.env', 'server/main.ts'],
      },
      { command: node, args: ['--env-file-if-exists=.env', join(root, 'node_modules', 'vite', 'bin', 'vite.js')] },
    ],
    10,
  )
})
