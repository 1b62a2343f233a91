import { readFileSync } from 'node:fs'
import type { Plugin, Rolldown } from 'vite'

type Bundle = Rolldown.OutputBundle

/** The file and every file it imports statically, each once. */
function withImports(bundle: Bundle, file: string, found = new Set<string>()): Set<string> {
  const chunk = bundle[file]
  if (found.has(file) || chunk?.type !== 'chunk') return found
  found.add(file)
  for (const imported of chunk.imports) withImports(bundle, imported, found)
  return found
}

/** Runs in the page: asks for the list's rows and for its route's code while the entry is still on its way. */
function start(path: string, request: string, files: string[]) {
  if (location.pathname !== '/' && !location.pathname.startsWith(path)) return
  window.started = { [request]: fetch(request).then((response) => response.json()) }
  for (const file of files) {
    const link = document.createElement('link')
    link.rel = 'modulepreload'
    link.href = `/${file}`
    document.head.append(link)
  }
}

const SHELL = `<div class="frame"><aside class="side"><div class="name">Floor</div><nav><a>Customers</a><a>Invoices</a><a>Settings</a></nav></aside>
<main class="content"><div class="tools"><h1>Customers</h1></div></main></div>`

interface Options {
  /** The module of the route that the page most often opens with */
  page: string
  /** That route's path */
  path: string
  /** The address of its first request */
  request: string
}

/** A vite plugin that puts three things into index.html: the shell with its styles, the first request, and preloads of the first route's code. */
export function startEarly({ page, path, request }: Options): Plugin {
  const css = readFileSync(new URL('src/shared/page.css', import.meta.url), 'utf8')
  return {
    name: 'start-early',
    enforce: 'post',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
        const route = chunks.find((chunk) => chunk.facadeModuleId?.endsWith(`/${page}`))
        if (!route) throw new Error(`no chunk was made of ${page}`)
        const entries = new Set(chunks.filter((chunk) => chunk.isEntry).map((chunk) => chunk.fileName))
        const files = [...withImports(bundle, route.fileName)].filter((file) => !entries.has(file))
        const script = `(${start.toString()})(${[path, request, files].map((value) => JSON.stringify(value)).join(',')})`
        return html
          .replace('<link rel="icon"', `<style>${css}</style><script>${script}</script><link rel="icon"`)
          .replace('<div id="root"></div>', `<div id="root">${SHELL}</div>`)
      },
    },
  }
}
