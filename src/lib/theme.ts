import { useSyncExternalStore } from 'react'

export type ThemeChoice = 'light' | 'dark' | 'system'

const listeners = new Set<() => void>()
const darkSystem = matchMedia('(prefers-color-scheme: dark)')

/** @returns what the person chose on this device. */
function themeChoice(): ThemeChoice {
  const kept = localStorage.getItem('theme')
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

/** Changes and keeps the choice. A theme is no personal data, so it may rest in this browser. */
export function chooseTheme(choice: ThemeChoice): void {
  localStorage.setItem('theme', choice)
  show()
}

/** @returns the choice, current after every change. */
export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore((changed) => {
    listeners.add(changed)
    return () => listeners.delete(changed)
  }, themeChoice)
}

/** Keeps the page in step with the system while the choice is `system`, and with other tabs. Called once at start. */
export function followTheme(): void {
  darkSystem.addEventListener('change', show)
  addEventListener('storage', (event) => {
    if (event.key === 'theme') show()
  })
}

function show(): void {
  const choice = themeChoice()
  document.documentElement.dataset['theme'] = choice === 'system' ? (darkSystem.matches ? 'dark' : 'light') : choice
  for (const changed of listeners) changed()
}
