import { useTranslation } from '#src/i18n/use-translation.ts'
import { FileField } from '#src/components/FileField.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { type Licence, licenceEndings, licenceKeys, type Read } from './company-form.ts'

type Props = { licence: Licence; ownCode: string; onFile: (file: File) => void; onStop: () => void }

/** The licence of a change, and what was read of it in words. */
export function LicenceField({ licence, ownCode, onFile, onStop }: Props) {
  const { t } = useTranslation()
  return (
    <FileField label={t('company.form.licence')} rules={t('company.form.rules')} file={licence} endings={licenceEndings} onFile={onFile} onStop={onStop}>
      {licence.at === 'sent' && <WhatWasRead read={licence.answer.read} ownCode={ownCode} />}
    </FileField>
  )
}

function WhatWasRead({ read, ownCode }: { read: Read; ownCode: string }) {
  const { t } = useTranslation()
  const words = (keys: readonly (typeof licenceKeys)[number][]) => keys.map((key) => t(`company.field.${key}`)).join(t('common.list_separator'))
  if (read.creditCode !== null && read.creditCode !== ownCode) return <Notice tone="danger">{t('company.form.other_code', { code: read.creditCode, own: ownCode })}</Notice>
  const known = licenceKeys.filter((key) => read[key] !== null)
  const unknown = licenceKeys.filter((key) => read[key] === null)
  if (known.length === 0 && read.creditCode === null) return <Notice tone="warning">{t('company.form.read_nothing')}</Notice>
  return (
    <Notice tone={unknown.length > 0 || read.creditCode === null ? 'warning' : 'info'}>
      {known.length > 0 && <span>{t('company.form.read', { fields: words(known) })}</span>}
      {unknown.length > 0 && <span>{t('company.form.unread', { fields: words(unknown) })}</span>}
      <span>{t(read.creditCode === null ? 'company.form.no_code' : 'company.form.same_code')}</span>
    </Notice>
  )
}
