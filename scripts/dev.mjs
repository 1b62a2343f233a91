// `npm run dev`: the console from vite with hot reload, the server again whenever one of its files changes.
import { join } from 'node:path'
import { ensureInstalled, envFile, findNode, root, runMain, supervise } from './install.mjs'

await runMain(async () => {
  ensureInstalled()
  const node = findNode()
  return supervise(
    [
      { command: node, args: [join(root, 'scripts', 'rerun.mjs'), 'server,contract', '--', '--disable-warning=ExperimentalWarning', ...envFile(), 'server/main.ts'] },
      { command: node, args: [...envFile(), join(root, 'node_modules', 'vite', 'bin', 'vite.js')] },
    ],
    10,
  )
})
