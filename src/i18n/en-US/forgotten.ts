import { code } from './code.ts'
import { forgotten_page } from './forgotten-page.ts'

/** What the page for a forgotten password needs besides the sign-in page's texts. */
export const forgotten = { code, forgotten_page }
