import { useEffect } from 'react'

/** Stands in for a menu or panel whose code is on its way. Escape or a press anywhere takes the opening back: what arrives late must not open over
 *  what the person does meanwhile. */
export function Opening({ onCancel }: { onCancel: () => void }) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => event.key === 'Escape' && onCancel()
    addEventListener('keydown', press)
    addEventListener('pointerdown', onCancel)
    return () => {
      removeEventListener('keydown', press)
      removeEventListener('pointerdown', onCancel)
    }
  }, [onCancel])
  return null
}
