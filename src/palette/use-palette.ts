import { useEffect, useState } from 'react'

export type PaletteMode = 'search' | 'keys'

/** Opens the palette by Ctrl/Cmd+K, the list of keys by `?`, and goes to a list's text filter by `/`. Keys typed into a field stay there. */
export function usePalette(): { mode: PaletteMode | undefined; open: (mode: PaletteMode) => void; close: () => void } {
  const [mode, setMode] = useState<PaletteMode>()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        if (!document.querySelector('.dialog[data-open]')) setMode('search')
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector('.dialog[data-open]')) return
      if (event.key === '?' || event.key === '？') setMode('keys')
      if (event.key === '/') {
        const field = document.querySelector<HTMLInputElement>('input[data-filter]')
        if (field) { event.preventDefault(); field.focus() }
      }
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  return { mode, open: setMode, close: () => setMode(undefined) }
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
    || (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)))
