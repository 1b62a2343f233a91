import { useTranslation } from '#src/i18n/use-translation.ts'
import { QrCode } from '#src/components/QrCode.tsx'

/** The code of a link. */
export function QrPicture({ url }: { url: string }) {
  const { t } = useTranslation()
  return <QrCode text={url} label={t('invites.link.qr')} failed={t('invites.link.qr_failed')} />
}
