import type { ReactNode } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from './Button.tsx'
import type { Selection } from './use-selection.ts'

/** How many rows are ticked, what is possible with them, and the bulk buttons. At the bottom of the screen on a phone. */
export function SelectionBar<Row>({ selection, text, actions }: { selection: Selection<Row>; text?: ReactNode; actions?: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className="selection">
      <span className="text" role="status"><b>{t('common.table.selected', { count: selection.count })}</b>{text && <span className="second">{text}</span>}</span>
      <span className="actions">{actions}</span>
      <Button variant="bare" isSmall onPress={selection.clear}>{t('common.table.clear_selection')}</Button>
    </div>
  )
}
