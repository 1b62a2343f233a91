import { useTranslation } from '#src/i18n/use-translation.ts'
import { pageSizes } from '#contract/page.ts'
import { Button } from './Button.tsx'
import { IconButton } from './IconButton.tsx'
import { Menu } from './Menu.tsx'

type Props = { page: number; pageSize: number; total: number; onPage: (page: number) => void; onPageSize: (size: number) => void }

/** @returns the number of the last page; of an empty list the first. */
export const lastPage = (pageSize: number, total: number): number => Math.max(1, Math.ceil(total / pageSize))

/** Pages of a list and how many rows each has. */
export function Pager({ page, pageSize, total, onPage, onPageSize }: Props) {
  const { t } = useTranslation()
  const last = lastPage(pageSize, total)
  return (
    <>
      <nav className="pager" aria-label={t('common.table.pager')}>
        <IconButton icon="left" label={t('common.table.page_previous')} isOff={page <= 1} onPress={() => onPage(page - 1)} />
        {pagesAround(page, last).map((one) => typeof one === 'string'
          ? <span key={one} className="page gap" aria-hidden="true">…</span>
          : (
            <button key={one} type="button" className="page" aria-label={t('common.table.page', { page: one })} {...(one === page && { 'aria-current': 'page' })} onClick={() => onPage(one)}>
              {one}
            </button>
          ))}
        <IconButton icon="right" label={t('common.table.page_next')} isOff={page >= last} onPress={() => onPage(page + 1)} />
      </nav>
      <Menu
        label={t('common.table.page_size', { count: pageSize })}
        items={pageSizes.map((size) => ({ kind: 'choice', key: String(size), label: t('common.table.page_size', { count: size }), isChosen: size === pageSize, onPress: () => onPageSize(size) }))}
      >
        {(trigger) => <Button variant="bare" isSmall iconAfter="down" {...trigger}>{t('common.table.page_size', { count: pageSize })}</Button>}
      </Menu>
    </>
  )
}

/** @returns first, last and the neighbours of the page, with named gaps between. */
function pagesAround(page: number, last: number): (number | string)[] {
  const wanted = [...new Set([1, page - 1, page, page + 1, ...(page <= 2 ? [2, 3] : []), last])].filter((one) => one >= 1 && one <= last).toSorted((a, b) => a - b)
  return wanted.flatMap((one, index) => {
    const before = wanted[index - 1]
    return before !== undefined && one - before > 1 ? [`gap ${one}`, one] : [one]
  })
}
