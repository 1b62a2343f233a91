import { useTranslation } from '#src/i18n/use-translation.ts'
import { Notice } from '#src/components/Notice.tsx'
import { useSession } from '#src/session/use-session.ts'

const ofState = { RESTRICTED: 'shell.partner_restricted', FROZEN: 'shell.partner_frozen', LEFT: 'shell.partner_left' } as const

/** What concerns every page: the company's state. */
export function Banners() {
  const { t } = useTranslation()
  const { partner } = useSession()
  return partner.state === 'ACTIVE' ? null : <Notice tone="warning">{t(ofState[partner.state])}</Notice>
}
