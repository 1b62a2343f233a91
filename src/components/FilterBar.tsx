import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { usePhone } from '#src/lib/use-media.ts'
import { Button } from './Button.tsx'
import { FilterChip } from './FilterChip.tsx'
import { type Filter, isSet } from './filter-types.ts'
import { Menu } from './Menu.tsx'
import { SearchField, type SearchFieldProps } from './SearchField.tsx'

type Props = {
  search?: SearchFieldProps
  filters: readonly Filter[]
  /** How many unset filters stand in the line; the others are under More. */
  inLine?: number
  /** Takes every filter and the text away. */
  onClear: () => void
}

const FilterSheet = lazy(async () => ({ default: (await import('./FilterSheet.tsx')).FilterSheet }))

/** The filters of a list: one text field, dashed chips for what is not set, tinted chips for what is. On a phone one button opens them all. */
export function FilterBar({ search, filters, inLine = 3, onClear }: Props) {
  const { t } = useTranslation()
  const isPhone = usePhone()
  const [isSheetOpen, setSheetOpen] = useState(false)
  const [opened, setOpened] = useState<string>()
  // An order, which a phone's sheet offers as well, narrows nothing.
  const set = filters.filter((filter) => filter.key !== 'sort' && isSet(filter))
  const isAnySet = set.length > 0 || (search !== undefined && search.value !== '')
  if (isPhone) {
    return (
      <>
        {search && <SearchField {...search} />}
        {filters.length > 0 && <Button icon="filter" aria-haspopup="dialog" onPress={() => setSheetOpen(true)}>{t('common.filter.filters')}{set.length > 0 && <> {set.length}<span className="hidden-text">{t('common.filter.open', { count: set.length })}</span></>}</Button>}
        {isSheetOpen && <Suspense><FilterSheet filters={filters} onClear={onClear} onClose={() => setSheetOpen(false)} /></Suspense>}
      </>
    )
  }
  const unsetOnes = filters.filter((filter) => !isSet(filter))
  const inView = filters.filter((filter) => isSet(filter) || filter.key === opened || unsetOnes.indexOf(filter) < inLine)
  const hidden = filters.filter((filter) => !inView.includes(filter))
  return (
    <>
      {search && <SearchField {...search} />}
      {inView.map((filter) => <FilterChip key={filter.key} filter={filter} startsOpen={filter.key === opened} />)}
      {hidden.length > 0 && (
        <Menu label={t('common.filter.more')} align="start" items={hidden.map((filter) => ({ key: filter.key, label: filter.label, onPress: () => setOpened(filter.key) }))}>
          {(trigger) => <Button className="filter" icon="plus" {...trigger}>{t('common.filter.more')}</Button>}
        </Menu>
      )}
      {isAnySet && <Button variant="bare" onPress={onClear}>{t('common.filter.clear')}</Button>}
    </>
  )
}
