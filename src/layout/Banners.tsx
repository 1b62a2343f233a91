import { useTranslation } from 'react-i18next'
import { Notice } from '#src/components/Notice.tsx'
import { useSession } from '#src/session/use-session.ts'

const ofState = { RESTRICTED: 'shell.partner_restricted', FROZEN: 'shell.partner_frozen', LEFT: 'shell.partner_left' } as const

/** What concerns every page: the company's state, and that this is the demo database. */
export function Banners() {
  const { t } = useTranslation()
  const { partner, embedded } = useSession()
  return (
    <>
      {partner.state !== 'ACTIVE' && <Notice tone="warning">{t(ofState[partner.state])}</Notice>}
      {embedded && <p className="embedded">{t('shell.embedded')}</p>}
    </>
  )
}
