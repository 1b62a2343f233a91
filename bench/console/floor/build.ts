// Builds both floors into dist/<name>. Run by bench/console/run.ts after `npm ci` in this folder.
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { extractStyle } from '@ant-design/static-style-extract'
import react from '@vitejs/plugin-react'
import { ConfigProvider } from 'antd'
import { createElement } from 'react'
import { build } from 'vite'
import { theme } from './src/shared/theme.ts'
import { startEarly } from './start-early.ts'
import { stripStyles } from './strip-styles.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// What a console's pages use between them, the list, the dialogs and the forms
const components = [
  'Layout', 'Menu', 'Table', 'Pagination', 'Checkbox', 'Radio', 'Input', 'Button', 'Select', 'Form', 'Modal', 'Dropdown', 'Tooltip',
  'Spin', 'Skeleton', 'Empty', 'Tree',
]

function writeAntdCss() {
  // Under `zeroRuntime` the components would register no styles, and there would be nothing to collect
  const collecting = { ...theme, zeroRuntime: false }
  const complain = console.error
  // Rendering every component once, some outside of where they belong, makes React complain about markup nobody will see
  console.error = () => undefined
  const css = extractStyle({ includes: components, customTheme: (node) => createElement(ConfigProvider, { theme: collecting }, node) })
  console.error = complain
  mkdirSync(here('.cache'), { recursive: true })
  writeFileSync(here('.cache/antd.css'), css)
}

writeAntdCss()
for (const name of ['antd-opt', 'antd-lite']) {
  await build({
    root: here(`src/${name}`),
    configFile: false,
    logLevel: 'warn',
    resolve: { alias: { '@rc-component/async-validator': here('src/shared/no-validator.ts') } },
    plugins: [stripStyles(), react(), startEarly({ page: 'Customers.tsx', path: '/customers', request: '/api/customers?page=1&size=20&q=' })],
    build: { outDir: here(`dist/${name}`), emptyOutDir: true, reportCompressedSize: false, modulePreload: { polyfill: false } },
  })
}
