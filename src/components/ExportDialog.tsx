import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { createExport, type ExportRequest, queryExports } from '#contract/exports.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { language } from '#src/i18n/i18n.ts'
import { paths } from '#src/paths.ts'
import { Button } from './Button.tsx'
import { FormError } from './FormError.tsx'
import { ModalShell } from './ModalShell.tsx'
import { Notice } from './Notice.tsx'
import { RadioCards } from './RadioCards.tsx'
import { showToast } from './toast.ts'

type Props = {
  /** What the list shows: its filters and order, without a choice of rows. */
  request: ExportRequest
  /** Ids of the ticked rows; without them everything that matches is exported. */
  selectedIds?: readonly string[]
  /** How many rows match, where the list knows. */
  total?: number | undefined
  onClose: () => void
}

/** Rows that one export may name; the contract's limit. */
const selectedMax = 1000

/** Starts an export of a list: the ticked rows or all that match, as a masked file that is made in the background. */
export function ExportDialog({ request, selectedIds = [], total, onClose }: Props) {
  const { t } = useTranslation()
  const isTooMany = selectedIds.length > selectedMax
  const [which, setWhich] = useState<'selected' | 'all'>(selectedIds.length > 0 && !isTooMany ? 'selected' : 'all')
  const create = useApiMutation(createExport, {
    invalidates: [queryExports],
    onSuccess: (task) => {
      showToast({ tone: 'success', title: t('common.export.created'), text: t('common.export.created_text', { number: task.number }), link: { to: paths.exports(), label: t('common.export.view') } })
      onClose()
    },
  })
  const all = { value: 'all' as const, label: t('common.export.all'), note: total === undefined ? t('common.export.all_note') : t('common.export.all_count', { count: total }) }
  const chosen = { value: 'selected' as const, label: t('common.export.selected', { count: selectedIds.length }), disabledReason: isTooMany ? t('common.export.too_many') : undefined }
  return (
    <ModalShell
      title={t('common.export.title')} onClose={onClose} isLocked={create.isBusy}
      footer={(close) => <><Button onPress={close}>{t('common.cancel')}</Button><Button variant="primary" type="submit" form="export-form" isBusy={create.isBusy}>{t('common.export.create')}</Button></>}
    >
      <form
        id="export-form" className="form"
        onSubmit={(event) => {
          event.preventDefault()
          create.submit({ body: { request: which === 'selected' ? { ...request, selected: [...selectedIds] } : request, language: language() } })
        }}
      >
        <RadioCards legend={t('common.export.which')} options={selectedIds.length > 0 ? [chosen, all] : [all]} value={which} onChange={setWhich} />
        <RadioCards legend={t('common.export.format')} options={[{ value: 'CSV', label: 'CSV', note: t('common.export.csv_note') }]} value="CSV" onChange={() => undefined} />
        <Notice>{t('common.export.masked')}</Notice>
        <FormError error={create.error} />
      </form>
    </ModalShell>
  )
}
