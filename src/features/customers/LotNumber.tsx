import { useTranslation } from '#src/i18n/use-translation.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'

/** A lot's number with its copy button. */
export function LotNumber({ number }: { number: string }) {
  const { t } = useTranslation()
  return <span className="cell"><span>{number}</span><CopyButton text={number} what={t('customer_page.lot.number')} /></span>
}
