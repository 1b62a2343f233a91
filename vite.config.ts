import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

type Chunk = { type: 'chunk'; fileName: string; facadeModuleId: string | null; imports: string[]; viteMetadata?: { importedCss: Set<string> } }
type Bundle = Record<string, Chunk | { type: 'asset' }>

/** Which source opens which address. The boot script of index.html preloads the chunks of the address in view. */
const pages: readonly [pattern: string, sources: readonly string[]][] = [
  ['^/sign-in$', ['features/sign-in/SignInPage.tsx']],
  ['^/set-up$', ['features/sign-in/SetUpPage.tsx']],
  ['^/forgotten$', ['features/sign-in/ForgottenPage.tsx']],
  ['^/invite(/|$)', ['features/invite-page/InvitePage.tsx']],
  ['^/my/sign-in$', ['features/my/MySignInPage.tsx']],
  ['^/my/partner$', ['features/my/MyPartnerPage.tsx']],
  ['^/(specialist/|my/specialist$)', ['features/my-specialist/MySpecialistPage.tsx']],
  ['^/(?!(sign-in|set-up|forgotten)$|(invite|my|specialist)(/|$))', ['boot/app.tsx', 'layout/AppLayout.tsx']],
  ['^/$', ['features/home/HomePage.tsx']],
  ['^/customers(/allocate|/reclaim|/assign|/issue-coupons)?$', ['features/customers/CustomersPage.tsx', 'features/customers/first-view.ts']],
  ['^/customers/development$', ['features/development/DevelopmentPage.tsx']],
  ['^/customers/[0-9a-f-]{36}', ['features/customers/CustomerPage.tsx']],
  ['/allocate$', ['features/funds/AllocateModal.tsx']],
  ['/reclaim$', ['features/funds/ReclaimModal.tsx']],
  ['/issue-coupons$', ['features/coupons/IssueModal.tsx']],
  ['/reclaim-coupons$', ['features/coupons/ReclaimModal.tsx']],
  ['/assign$', ['features/assignments/AssignModal.tsx']],
  ['^/organization/assignments$', ['features/assignments/AssignmentsPage.tsx']],
  ['^/organization/assignments/[0-9a-f-]{36}$', ['features/assignments/ManagedPage.tsx']],
  ['^/invites$', ['features/invites/InvitesPage.tsx']],
  ['^/funds$', ['features/funds/FundsPage.tsx']],
  ['^/funds/adjustments$', ['features/funds/AdjustmentsPage.tsx']],
  ['^/funds/transactions$', ['features/funds/TransactionsPage.tsx']],
  ['^/coupons(/issue-coupons|/issue-quota)?$', ['features/coupons/QuotasPage.tsx']],
  ['^/coupons/issued(/|$)', ['features/coupons/IssuedPage.tsx']],
  ['^/coupons/records$', ['features/coupons/RecordsPage.tsx']],
  ['^/coupons/issued-quotas', ['features/reseller-quotas/IssuedQuotasPage.tsx']],
  ['/issue-quota$', ['features/reseller-quotas/IssueQuotaModal.tsx']],
  ['/reclaim-quota$', ['features/reseller-quotas/ReclaimQuotaModal.tsx']],
  ['^/coupons/whitelist$', ['features/coupon-whitelist/WhitelistPage.tsx']],
  ['^/incentives$', ['features/incentives/IncentivesPage.tsx']],
  ['^/incentives/projects', ['features/incentives/ProjectsPage.tsx']],
  ['^/incentives/projects$', ['features/incentives/ProjectStatements.tsx']],
  ['^/incentives/projects/requests$', ['features/payments/QuartersTab.tsx']],
  ['^/incentives/payments$', ['features/payments/PaymentsPage.tsx']],
  ['^/incentives/invoices$', ['features/incentive-invoices/InvoicesPage.tsx']],
  ['^/incentives/invoices/[0-9a-f-]{36}/list$', ['features/incentive-invoices/InvoiceListPage.tsx']],
  ['^/incentives/[0-9a-f-]{36}$', ['features/incentives/StatementPage.tsx']],
  ['^/exports$', ['features/exports/ExportsPage.tsx']],
  ['^/organization/members$', ['features/members/MembersPage.tsx']],
  ['^/organization/roles$', ['features/roles/RolesPage.tsx']],
  ['^/organization/specialists$', ['features/specialists/SpecialistsPage.tsx']],
  ['^/operation-log$', ['features/operation-log/OperationLogPage.tsx']],
  ['^/profile$', ['features/profile/ProfilePage.tsx']],
  ['^/profile/business$', ['features/business/BusinessPage.tsx']],
  ['^/profile/cases$', ['features/cases/CasesPage.tsx']],
  ['^/profile/agreements$', ['features/agreements/AgreementsPage.tsx']],
]

/** Puts src/boot/boot.js inline into the page, with the chunks of each address. The server computes its hash for the page policy. */
function bootScript(): Plugin {
  return {
    name: 'boot-script',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const source = readFileSync(new URL('src/boot/boot.js', import.meta.url), 'utf8')
        const script = bundle ? source.replace('/* CHUNKS */ { files: [], routes: [], languages: {} }', JSON.stringify(chunkMap(bundle))).replace(/^\s*\/\/.*$/gm, '').replace(/\n\s*/g, '\n').trim() : source
        return { html, tags: [{ tag: 'script', children: script, injectTo: 'head-prepend' }] }
      },
    },
  }
}

/** Files by their place in one list: nearly every page names the same ones, and each name holds a hash that does not compress. */
function chunkMap(bundle: Bundle): { files: string[]; routes: [string, number[]][]; languages: Record<string, number[][]> } {
  const chunks = Object.values(bundle).filter((one): one is Chunk => one.type === 'chunk')
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const withImports = (fileName: string, found = new Set<string>()): Set<string> => {
    if (found.has(fileName)) return found
    found.add(fileName)
    for (const one of byFile.get(fileName)?.imports ?? []) withImports(one, found)
    return found
  }
  const main = withImports(chunks.find((chunk) => chunk.facadeModuleId?.endsWith('/index.html'))?.fileName ?? '')
  const files = (source: string): string[] => {
    const chunk = chunks.find((one) => one.facadeModuleId?.endsWith(`/src/${source}`))
    if (!chunk) throw new Error(`The build has no chunk of its own for src/${source}`)
    const scripts = [...withImports(chunk.fileName)].filter((file) => !main.has(file))
    // A page waits for its styles before it runs, so they must not start only when its code is there.
    return [...scripts, ...scripts.flatMap((file) => [...(byFile.get(file)?.viteMetadata?.importedCss ?? [])])]
  }
  const named: string[] = []
  const places = (list: string[]): number[] => [...new Set(list)].map((file) => named.includes(file) ? named.indexOf(file) : named.push(file) - 1)
  // Of the sign-in page, of the customer list, of every other page, of the pages for customers, of the page for a forgotten password.
  const language = (name: string): number[][] => {
    const [core = [], frame = [], rest = [], customer = [], forgotten = []] = ['core', 'frame', 'rest', 'customer', 'forgotten'].map((part) => files(`i18n/${name}/${part}.ts`))
    return [core, [...core, ...frame], [...core, ...frame, ...rest], [...core, ...customer], [...core, ...forgotten]].map(places)
  }
  const routes = pages.map(([pattern, sources]): [string, number[]] => [pattern, places(sources.flatMap(files))])
  const languages = { 'zh-CN': language('zh-CN'), 'en-US': language('en-US') }
  return { files: named, routes, languages }
}

/** What pages share, in few files: each one costs a request and its headers, and a small file compresses badly. In this order each takes what it
 *  needs and what no earlier one has: React and the start; what also the pages before the router need; the frame around the pages; lists. */
const shared = [
  { name: 'start', tags: ['$initial' as const] },
  { name: 'base', test: /\/src\/(api\/call|session\/(load-session|tabs)|components\/(Button|Checkbox|FormError|Labelled|Mark|Menu|Notice|StateArt|StatusTag|TextInput)|layout\/(LanguageButton|ThemeButton)|lib\/use-now)\.tsx?$|\/contract\/coupon-kinds\.ts$/ },
  { name: 'frame', test: /\/src\/(routes|api\/query-client|components\/ToastHost|layout\/(Banners|SideMenu|TopBar)|palette\/use-palette|proof\/ProofHost|session\/(SessionGuard|use-session))\.tsx?$|\/react-router\/|\/react-query\// },
  { name: 'list', test: /\/src\/(api\/query|components\/(ButtonLink|ColumnEye|DataTable|FilterBar|FilterChip|HelpTip|MaskedText|MoneyText|NumberText|Page|PageHead|RevealProvider|StatusTag|Time|use-(list-state|lookup-list|modal-route|reveal|selection)))\.tsx?$/ },
].map((group, place) => ({ ...group, priority: 9 - place }))

// The start holds the name of every chunk, and compression makes few of them shorter: a name without words, and a hash of 42 bits, save 2 kB. Which chunk is what stands in the manifest.
const chunkFileNames = 'assets/[hash:7].js'

const api = `http://127.0.0.1:${process.env['PORT'] ?? 3000}`

export default defineConfig({
  plugins: [react(), bootScript()],
  build: { outDir: 'dist', manifest: true, sourcemap: false, modulePreload: { polyfill: false }, target: 'es2022', cssCodeSplit: true, assetsInlineLimit: 0, rolldownOptions: { output: { codeSplitting: { groups: shared }, chunkFileNames } } },
  // Only the console: the measuring floors under bench/ have pages and packages of their own.
  optimizeDeps: { entries: ['index.html'] },
  server: { proxy: { '/api': api, '/health': api, '/dev': api } },
})
