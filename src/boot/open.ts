/** What the page can show: the sign-in page, or the console. Both load on their own, so that neither pays for the other. */
type Openers = { door: () => Promise<void>; console: () => Promise<void> }

let openers: Openers | undefined
let letIn: (() => void) | undefined

/** Called once at start. */
export function setOpeners(both: Openers): void {
  openers = both
}

/** Shows the sign-in page instead of the page asked for. @param door the address of the sign-in page. Resolves when somebody has signed in;
 *  what was about to open then goes on. */
export async function knock(door: string): Promise<void> {
  history.replaceState(history.state, '', door)
  await openers?.door()
  await new Promise<void>((resolve) => { letIn = resolve })
}

/** Opens the console after signing in. @param address where. */
export async function enter(address: string): Promise<void> {
  history.replaceState(history.state, '', address)
  if (letIn) letIn()
  else await openers?.console()
}
