import './tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/shell.css'
import './styles/page.css'
import './styles/table.css'
import './styles/form.css'
import './styles/floating.css'
import './styles/print.css'
import './styles/forced-colors.css'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { setOpeners } from '#src/boot/open.ts'
import { loadCustomerTexts, loadForgottenTexts, loadSpecialistTexts, startTexts } from '#src/i18n/i18n.ts'
import { followTheme } from '#src/lib/theme.ts'
import { paths } from '#src/paths.ts'

followTheme()
const texts = startTexts()
const element = document.getElementById('root')
if (!element) throw new Error('index.html has no #root')
const signInPath = new URL(paths.signIn(), location.href).pathname
let root: ReturnType<typeof createRoot> | undefined

/** Until the first page is ready the shell of index.html stays on the screen. */
function show(page: ReactNode, host: HTMLElement): void {
  root ??= createRoot(host)
  root.render(<StrictMode>{page}</StrictMode>)
}

/** The sign-in page stands outside the router, which it does not need: it is the one page that a stranger waits for. */
async function showDoor(host: HTMLElement): Promise<void> {
  // oxlint-disable-next-line no-restricted-imports -- the only screen that the router does not open
  const [{ SignInPage }] = await Promise.all([import('#src/features/sign-in/SignInPage.tsx'), texts])
  show(<SignInPage />, host)
}

/** Whoever comes with a set-up link has no password yet, so there is nothing else to load. */
async function showSetUp(host: HTMLElement): Promise<void> {
  // oxlint-disable-next-line no-restricted-imports -- like the sign-in page it stands before the router
  const [{ SetUpPage }] = await Promise.all([import('#src/features/sign-in/SetUpPage.tsx'), texts])
  show(<SetUpPage />, host)
}

/** Whoever does not know the password any more. */
async function showForgotten(host: HTMLElement): Promise<void> {
  // oxlint-disable-next-line no-restricted-imports -- like the sign-in page it stands before the router
  const [{ ForgottenPage }] = await Promise.all([import('#src/features/sign-in/ForgottenPage.tsx'), texts.then(loadForgottenTexts)])
  show(<ForgottenPage />, host)
}

/** Behind an invitation link. Customers load nothing of the console. */
async function showInvite(host: HTMLElement): Promise<void> {
  // oxlint-disable-next-line no-restricted-imports -- the pages for customers stand outside the router
  const [{ InvitePage }] = await Promise.all([import('#src/features/invite-page/InvitePage.tsx'), customerTexts()])
  show(<InvitePage />, host)
}

async function showMySignIn(host: HTMLElement): Promise<void> {
  // oxlint-disable-next-line no-restricted-imports -- the pages for customers stand outside the router
  const [{ MySignInPage }] = await Promise.all([import('#src/features/my/MySignInPage.tsx'), customerTexts()])
  show(<MySignInPage />, host)
}

async function showMyPartner(host: HTMLElement): Promise<void> {
  // oxlint-disable-next-line no-restricted-imports -- the pages for customers stand outside the router
  const [{ MyPartnerPage }] = await Promise.all([import('#src/features/my/MyPartnerPage.tsx'), customerTexts()])
  show(<MyPartnerPage />, host)
}

async function showMySpecialist(host: HTMLElement): Promise<void> {
  // oxlint-disable-next-line no-restricted-imports -- the pages for customers stand outside the router
  const [{ MySpecialistPage }] = await Promise.all([import('#src/features/my-specialist/MySpecialistPage.tsx'), texts.then(loadSpecialistTexts)])
  show(<MySpecialistPage />, host)
}

const customerTexts = async (): Promise<void> => {
  await texts
  await loadCustomerTexts()
}

async function showConsole(host: HTMLElement): Promise<void> {
  const { startConsole } = await import('#src/boot/app.tsx')
  await texts
  show(await startConsole(), host)
}

setOpeners({ door: () => showDoor(element), console: () => showConsole(element) })
const openers = { [signInPath]: showDoor, [paths.setUp()]: showSetUp, [paths.forgotten()]: showForgotten, [paths.invite()]: showInvite, [paths.mySignIn()]: showMySignIn, [paths.myPartner()]: showMyPartner, [paths.mySpecialist()]: showMySpecialist }
const openAddress = openers[location.pathname] ?? showConsole
void openAddress(element)
