import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { ExportTask } from '#contract/exports.ts'
import { isUnderWay } from './use-exports.ts'

/** Tells a screen reader when a file that was being made is ready or has failed; on the screen its row says so. */
export function FinishedNews({ tasks }: { tasks: readonly ExportTask[] | undefined }) {
  const { t } = useTranslation()
  const [seen, setSeen] = useState<readonly ExportTask[]>()
  const [news, setNews] = useState('')
  if (tasks && tasks !== seen) {
    const waited = new Set(seen?.filter(isUnderWay).map(({ id }) => id))
    const finished = tasks.filter((task) => waited.has(task.id) && !isUnderWay(task))
    setSeen(tasks)
    if (finished.length > 0) setNews(finished.map(({ number, state }) => t('exports.finished', { number, state: t(`exports.state.${state}`) })).join(t('common.list_separator')))
  }
  return <span className="hidden-text" role="status">{news}</span>
}
