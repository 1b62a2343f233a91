import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useSearchParams } from 'react-router'
import { type Case, documentPath } from '#contract/company.ts'
import { Button } from '#src/components/Button.tsx'
import { Menu } from '#src/components/Menu.tsx'
import { formatBytes } from '#src/lib/bytes.ts'
import { saveFile } from '#src/lib/save-file.ts'

/** What can be done with a case: look at it, and take its material. */
export function CaseActions({ row }: { row: Case }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const open = new URLSearchParams(search)
  open.set('open', row.id)
  return (
    <>
      <Link className="row-action" to={{ search: String(open) }} preventScrollReset aria-label={t('partner_documents.cases.view_of', { name: row.name })}>{t('partner_documents.cases.view')}</Link>
      <CaseMaterial row={row} />
    </>
  )
}

function CaseMaterial({ row: { name, materials } }: { row: Case }) {
  const { t } = useTranslation()
  const label = t('partner_documents.cases.material_of', { name })
  if (materials.length === 0) return <Button variant="row" aria-label={label} disabledReason={t('partner_documents.cases.no_material')}>{t('partner_documents.cases.material')}</Button>
  return (
    <Menu label={label} items={materials.map((file) => ({ key: file.id, label: `${file.name} · ${formatBytes(file.bytes)}`, icon: 'download', onPress: () => saveFile(documentPath(file.id)) }))}>
      {({ onPress, ...trigger }) => <Button variant="row" aria-label={label} onPress={onPress} {...trigger}>{t('partner_documents.cases.material')}</Button>}
    </Menu>
  )
}
