import { useTranslation } from 'react-i18next'
import { qrModules, qrPath } from './qr.ts'

/** The code of a link: dark on white in both themes, because readers expect it so. */
export function QrPicture({ url }: { url: string }) {
  const { t } = useTranslation()
  const modules = modulesOf(url)
  if (!modules) return <p className="second">{t('invites.link.qr_failed')}</p>
  const n = modules.length
  return (
    <svg className="qr" viewBox={`0 0 ${n} ${n}`} shapeRendering="crispEdges" role="img" aria-label={t('invites.link.qr')}>
      <rect width={n} height={n} fill="#fff" />
      <path d={qrPath(modules)} fill="#000" />
    </svg>
  )
}

function modulesOf(url: string) {
  try {
    return qrModules(url)
  } catch {
    return undefined
  }
}
