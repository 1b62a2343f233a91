import { lazy, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { filterText } from './filter-text.ts'
import { type Filter, isSet, unset } from './filter-types.ts'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import { Popover } from './Popover.tsx'

const FilterEditor = lazy(async () => ({ default: (await import('./FilterEditor.tsx')).FilterEditor }))

/** One filter of the bar: dashed while not set; set, it is tinted, shows its value and can be taken away. */
export function FilterChip({ filter, startsOpen = false }: { filter: Filter; startsOpen?: boolean }) {
  const { t } = useTranslation()
  const chip = useRef<HTMLSpanElement>(null)
  const isOn = isSet(filter)
  // Chosen from More: its panel opens at once.
  useEffect(() => {
    if (startsOpen) chip.current?.querySelector('button')?.click()
  }, [startsOpen])
  return (
    <span ref={chip} className={`filter ${isOn ? 'set' : ''}`}>
      <Popover
        label={filter.label}
        trigger={({ onPress, ...trigger }) => (
          <button type="button" className="filter-open" onClick={onPress} {...trigger}>
            {filter.label}{isOn ? <b>{filterText(filter)}</b> : <Icon name="down" />}
          </button>
        )}
      >
        {(close) => <Suspense><FilterEditor filter={filter} onDone={close} /></Suspense>}
      </Popover>
      {isOn && <IconButton icon="close" label={t('common.filter.clear_one', { label: filter.label })} onPress={() => unset(filter)} />}
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
