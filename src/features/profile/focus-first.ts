/** Puts the focus on the first that is there. @param wanted selectors, the best one first. */
export function focusFirst(box: HTMLElement | null, wanted: readonly string[]): void {
  for (const selector of wanted) {
    const found = box?.querySelector<HTMLElement>(selector)
    if (found) return found.focus()
  }
}
