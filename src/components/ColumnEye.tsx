import { useTranslation } from '#src/i18n/use-translation.ts'
import type { RevealField } from '#contract/reveals.ts'
import { Eye } from './Eye.tsx'
import { HelpTip } from './HelpTip.tsx'
import { useReveal } from './use-reveal.ts'

/** The eye of a column: shows it for the rows of the page in view. @param ids rows that have a value. @param fields more than one where a
 *  column holds two, such as name and account name. */
export function ColumnEye({ ids, fields, column }: { ids: readonly string[]; fields: readonly RevealField[]; column: string }) {
  const { t } = useTranslation()
  const reveal = useReveal()
  if (!reveal) return null
  if (!reveal.mayReveal) return <HelpTip what={column} text={t('common.eye.no_right')} />
  if (ids.length === 0) return null
  const found = ids.flatMap((id) => fields.map((field) => reveal.find(id, field)))
  const shown = found.filter((value) => value?.at === 'shown')
  const isAll = shown.length === found.length
  return (
    <Eye
      reveal={reveal} hideAt={isAll ? Math.min(...shown.map((value) => value.hideAt)) : undefined}
      state={found.every((value) => value?.at === 'loading') ? 'loading' : isAll ? 'shown' : 'masked'}
      label={{
        masked: t('common.eye.show_column', { column, n: ids.length }), busy: t('common.eye.busy', { field: column }),
        shown: (seconds) => t('common.eye.hide_column', { column, seconds }),
      }}
      onShow={() => reveal.show(ids, fields)} onHide={() => reveal.hide(ids, fields)}
    />
  )
}
