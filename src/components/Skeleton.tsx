import { useTranslation } from '#src/i18n/use-translation.ts'

/** Grey lines in place of a detail page, on its first load only. @param lines how many. */
export function Skeleton({ lines = 6 }: { lines?: number }) {
  const { t } = useTranslation()
  return (
    <div className="skeletons" role="status">
      <span className="hidden-text">{t('common.loading')}</span>
      {Array.from({ length: lines }, (_, line) => <i key={line} className="skeleton" style={{ width: `${90 - (line % 3) * 22}%` }} />)}
    </div>
  )
}
