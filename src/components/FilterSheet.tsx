import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from './Button.tsx'
import { FilterEditor } from './FilterEditor.tsx'
import { filterText } from './filter-text.ts'
import { type Filter, isSet } from './filter-types.ts'
import { Icon } from './Icon.tsx'
import { ModalShell } from './ModalShell.tsx'

/** All filters of a list on a phone: one line each, opened one at a time. */
export function FilterSheet({ filters, onClear, onClose }: { filters: readonly Filter[]; onClear: () => void; onClose: () => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<string>()
  return (
    <ModalShell
      title={t('common.filter.filters')} onClose={onClose}
      footer={(close) => <><Button onPress={() => { onClear(); close() }}>{t('common.filter.clear')}</Button><Button variant="primary" onPress={close}>{t('common.filter.show_results')}</Button></>}
    >
      <ul className="filter-sheet">
        {filters.map((filter) => (
          <li key={filter.key}>
            <button type="button" className="filter-line" aria-expanded={open === filter.key} onClick={() => setOpen(open === filter.key ? undefined : filter.key)}>
              <span>{filter.label}</span><b>{isSet(filter) ? filterText(filter) : t('common.any')}</b><Icon name={open === filter.key ? 'up' : 'down'} />
            </button>
            {open === filter.key && <FilterEditor filter={filter} onDone={() => setOpen(undefined)} />}
          </li>
        ))}
      </ul>
    </ModalShell>
  )
}
