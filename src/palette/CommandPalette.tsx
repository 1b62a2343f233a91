import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { useNavigate } from 'react-router'
import { findObjects } from '#contract/search.ts'
import { query } from '#src/api/query.ts'
import { tellError } from '#src/components/form-error.ts'
import { Icon } from '#src/components/Icon.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { useDebounced } from '#src/components/use-debounced.ts'
import { mayOpen, pages } from '#src/layout/navigation.ts'
import { formatCustomerNumber } from '#src/lib/format.ts'
import { useSession } from '#src/session/use-session.ts'
import { KeyList } from './KeyList.tsx'
import { foundPath } from './found-path.ts'
import type { PaletteMode } from './use-palette.ts'

type Entry = { key: string; group: 'pages' | 'objects'; label: string; note?: string; to: string }

/** Finds pages by name and objects by their full number. Names of people are looked up in the customer list, where it is recorded.
 *  @param mode `keys` shows the list of keys instead. */
export function CommandPalette({ mode, onClose }: { mode: PaletteMode; onClose: () => void }) {
  const { t } = useTranslation()
  if (mode === 'keys') return <ModalShell title={t('palette.keys_title')} size="question" onClose={onClose}><KeyList /></ModalShell>
  return <Search onClose={onClose} />
}

function Search({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const listId = useId()
  const { entries, isSearching, error } = useEntries(text)
  const chosen = entries[Math.min(active, entries.length - 1)]
  const chosenId = chosen && `${listId}-${chosen.key}`
  // The focus stays in the field, so the list does not scroll by itself.
  useEffect(() => {
    if (chosenId !== undefined) document.getElementById(chosenId)?.scrollIntoView({ block: 'nearest' })
  }, [chosenId])
  const go = (entry: Entry | undefined) => {
    if (!entry) return
    onClose()
    void navigate(entry.to)
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive((present) => (present + 1) % Math.max(1, entries.length))
    else if (event.key === 'ArrowUp') setActive((present) => (present - 1 + entries.length) % Math.max(1, entries.length))
    else if (event.key === 'Enter') go(chosen)
    else return
    event.preventDefault()
  }
  return (
    <ModalShell title={t('palette.title')} kind="search" onClose={onClose} initialFocus={field}>
      <div className="palette">
        <span className="field large">
          <Icon name="search" />
          <input
            ref={field} type="text" role="combobox" aria-expanded aria-controls={listId} aria-autocomplete="list" aria-label={t('palette.placeholder')}
            placeholder={t('palette.placeholder')} value={text} maxLength={64} autoComplete="off" spellCheck={false} onKeyDown={press}
            onChange={(event) => { setText(event.target.value); setActive(0) }} {...(chosenId !== undefined && { 'aria-activedescendant': chosenId })}
          />
        </span>
        <ul id={listId} role="listbox" aria-label={t('palette.title')}>
          {entries.map((entry, index) => (
            <li key={entry.key} id={`${listId}-${entry.key}`} role="option" aria-selected={entry === chosen} onClick={() => go(entry)} onPointerMove={() => setActive(index)}>
              <span>{entry.label}</span>{entry.note && <span className="quiet">{entry.note}</span>}
            </li>
          ))}
        </ul>
        <p className="caption" role="status">
          {error ? tellError(error).text : isSearching ? t('palette.searching') : text.trim() === '' ? t('palette.start') : entries.length === 0 ? t('palette.nothing') : t('palette.results', { count: entries.length })}
        </p>
      </div>
    </ModalShell>
  )
}

function useEntries(text: string): { entries: Entry[]; isSearching: boolean; error: Error | null } {
  const { t } = useTranslation()
  const session = useSession()
  const wanted = text.trim()
  const asked = useDebounced(wanted, 250)
  // Only what can be a number is sent; a name never leaves this field.
  const mayBeNumber = /\d/.test(asked) && asked.length >= 4
  const found = useQuery({ ...query(findObjects, { body: { text: asked || '-' } }), enabled: mayBeNumber, gcTime: 0 })
  const lower = wanted.toLowerCase()
  const entries: Entry[] = pages
    .filter((page) => mayOpen(page, session) && t(page.label).toLowerCase().includes(lower))
    .map((page) => ({ key: page.key, group: 'pages', label: t(page.label), to: page.to }))
  for (const one of mayBeNumber && asked === wanted ? (found.data?.items ?? []) : []) {
    entries.push({
      key: `${one.kind}-${one.id}`, group: 'objects', label: `${t(`palette.kind.${one.kind}`)} ${formatCustomerNumber(one.number)}`,
      ...(one.nameMasked && { note: one.nameMasked }), to: foundPath(one),
    })
  }
  return { entries, isSearching: mayBeNumber && (found.isFetching || asked !== wanted), error: mayBeNumber ? found.error : null }
}
