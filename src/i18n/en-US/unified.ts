import type { Shape } from '#src/i18n/shape.ts'
import type { unified as source } from '#src/i18n/zh-CN/unified.ts'

/** What stands around signing in with a unified ID, where it is offered. */
export const unified: { unified: Shape<(typeof source)['unified']> } = {
  unified: {
    button: 'Sign in with {{name}}',
    not_upgraded: 'Accounts that were not upgraded',
    back: 'You are signed in. Close this page and go on in the one you came from.',
    to_console: 'Open Partner Center',
    in_new_tab: 'Opens in a new tab. Come back to this page afterwards.',
    unlinked: 'This unified ID is not linked with a member of Partner Center. Ask your administrator, or for the master account your ecosystem manager.',
    cancelled: 'Signing in was cancelled. You can try again.',
    expired: 'This sign-in is no longer valid: it took too long, or was not begun in this browser. Please sign in again.',
    disabled: 'Your account is disabled. Ask your administrator.',
    unreachable: 'The unified ID cannot be reached at present. Try again later.',
    refused: 'The answer of the unified ID could not be confirmed, so you are not signed in. Try again, and ask your administrator if it fails once more.',
    limit: 'Too many failed sign-ins. Try again later.',
  },
}
