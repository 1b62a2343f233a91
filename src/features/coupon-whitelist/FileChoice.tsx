import { useTranslation } from '#src/i18n/use-translation.ts'
import { whitelistTemplatePath } from '#contract/coupon-whitelist.ts'
import { FileField } from '#src/components/FileField.tsx'
import type { FileState } from '#src/components/use-file.ts'
import { language } from '#src/i18n/i18n.ts'

type Props = { file: FileState<unknown>; endings: readonly string[]; onFile: (file: File) => void; onStop: () => void }

/** The template to fill in, and the file to drop or to choose. */
export function FileChoice(props: Props) {
  const { t } = useTranslation()
  return (
    <>
      <p className="second">{t('whitelist.import.intro')}</p>
      <div>
        <p className="label">{t('whitelist.import.template')}</p>
        <p className="whitelist-templates">{(['xlsx', 'csv'] as const).map((format) => <a key={format} href={whitelistTemplatePath(format, language())} download>{t(`whitelist.import.template_${format}`)}</a>)}</p>
      </div>
      <FileField label={t('whitelist.import.file')} rules={t('whitelist.import.rules')} {...props} />
    </>
  )
}
