/** Lets the browser save what stands at an address of this server; the page stays, also when the server refuses. For menus, whose items are no links. */
export function saveFile(path: string): void {
  const anchor = document.createElement('a')
  anchor.href = path
  anchor.download = ''
  anchor.click()
}
