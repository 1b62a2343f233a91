import { useTranslation } from '#src/i18n/use-translation.ts'
import type { ListPreference } from '#contract/session.ts'
import { Button } from './Button.tsx'
import { IconButton } from './IconButton.tsx'
import { Menu, type MenuItem } from './Menu.tsx'
import { useReveal } from './use-reveal.ts'
import { type Column, columnsInView } from './table-types.ts'
import type { ListState } from './use-list-state.ts'

type Props<Row> = {
  columns: readonly Column<Row>[]
  list: Pick<ListState<object, string>, 'sort' | 'setSort'>
  preference: ListPreference
  onChange: (change: { columns?: string[] | undefined; density?: 'comfortable' | 'compact' }) => void
}

/** Columns and density, far right of the filters, on a phone the order of the cards; Hide all while something is revealed. */
export function TableTools<Row>({ columns, list, preference, onChange }: Props<Row>) {
  const { t } = useTranslation()
  const reveal = useReveal()
  const shown = columnsInView(columns, preference.columns).map((column) => column.key)
  const toggle = (key: string) => onChange({ columns: shown.includes(key) ? shown.filter((one) => one !== key) : columns.map((column) => column.key).filter((one) => one === key || shown.includes(one)) })
  const columnItems: MenuItem[] = [
    ...columns.filter((column) => !column.isFixed).map((column) => (
      { kind: 'choice' as const, key: column.key, label: column.header, isChosen: shown.includes(column.key), onPress: () => toggle(column.key), isOneOfMany: true })),
    { kind: 'line', key: '-' },
    { key: 'reset', label: t('common.table.columns_reset'), onPress: () => onChange({ columns: undefined }) },
  ]
  const orders: MenuItem[] = columns.flatMap(({ sort, header, isNumber, isSized }) => (sort === undefined ? [] : ([[`-${sort}`, isNumber || isSized ? 'order_largest' : 'order_newest'], [sort, isNumber || isSized ? 'order_smallest' : 'order_oldest']] as const).map(([value, word]) => (
    { kind: 'choice' as const, key: value, label: t(`common.table.${word}`, { column: header }), isChosen: list.sort === value, onPress: () => list.setSort(value) }))))
  const density = preference.density ?? 'comfortable'
  const densityItems = (['comfortable', 'compact'] as const).map((one) => (
    { kind: 'choice' as const, key: one, label: t(`common.table.${one}`), isChosen: density === one, onPress: () => onChange({ density: one }) }))
  return (
    <span className="table-tools">
      {reveal?.isAnyShown && <Button variant="bare" isSmall onPress={reveal.hideAll}>{t('common.eye.hide_all')}</Button>}
      {orders.length > 0 && (
        <span className="only-phone"><Menu label={t('common.table.order')} items={orders}>{(trigger) => <IconButton icon="sort" label={t('common.table.order')} {...trigger} />}</Menu></span>
      )}
      <span className="only-desk">
        <Menu label={t('common.table.columns')} items={columnItems}>{(trigger) => <IconButton icon="columns" label={t('common.table.columns')} {...trigger} />}</Menu>
        <Menu label={t('common.table.density')} items={densityItems}>{(trigger) => <IconButton icon="rows" label={t('common.table.density')} {...trigger} />}</Menu>
      </span>
    </span>
  )
}
