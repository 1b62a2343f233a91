import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { filterText } from './filter-text.ts'
import { type Filter, isSet, unset } from './filter-types.ts'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import { Opening } from './Opening.tsx'

const loadPopover = async () => ({ default: (await import('./FilterPopover.tsx')).FilterPopover })
const FilterPopover = lazy(loadPopover)

/** One filter of the bar: dashed while not set; set, it is tinted, shows its value and can be taken away.
 *  @param startsOpen chosen from More: its panel opens at once. */
export function FilterChip({ filter, startsOpen = false }: { filter: Filter; startsOpen?: boolean }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(startsOpen)
  const button = useRef<HTMLButtonElement>(null)
  const isOn = isSet(filter)
  const preload = () => void loadPopover()
  return (
    <span className={`filter ${isOn ? 'set' : ''}`} onPointerEnter={preload} onFocus={preload}>
      <button ref={button} type="button" className="filter-open" aria-haspopup="dialog" aria-expanded={isOpen} onClick={() => setOpen(true)}>
        {filter.label}{isOn ? <b>{filterText(filter)}</b> : <Icon name="down" />}
      </button>
      {isOn && <IconButton icon="close" label={t('common.filter.clear_one', { label: filter.label })} onPress={() => { unset(filter); button.current?.focus() }} />}
      {isOpen && <Suspense fallback={<Opening onCancel={() => setOpen(false)} />}><FilterPopover filter={filter} anchor={button} onClose={() => setOpen(false)} /></Suspense>}
    </span>
  )
}

/** A set filter as a chip that can only be taken away, for the no-match state. */
export function SetFilter({ filter }: { filter: Filter }) {
  const { t } = useTranslation()
  return (
    <span className="filter set">
      {filter.label} <b>{filterText(filter)}</b>
      <IconButton icon="close" label={t('common.filter.clear_one', { label: filter.label })} onPress={() => unset(filter)} />
    </span>
  )
}
