import { createPortal } from 'react-dom'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { InviteLink } from '#contract/invites.ts'
import { useSession } from '#src/session/use-session.ts'
import { QrPicture } from './QrPicture.tsx'
import { useValidity } from './use-validity.ts'

/** What comes out of the printer while the link is open, instead of the page: readable without colours. */
export function PrintSheet({ link, url }: { link: InviteLink; url: string }) {
  const { t } = useTranslation()
  const { partner } = useSession()
  const validity = useValidity()
  return createPortal(
    <div className="print-sheet" aria-hidden="true">
      <p className="print-title">{partner.name}</p>
      <p>{link.label}</p>
      <QrPicture url={url} />
      <p>{t('invites.link.print_hint')}</p>
      <p className="print-url">{url}</p>
      <dl>
        <div><dt>{t('invites.form.type')}</dt><dd>{t(`invites.type.${link.associationType}`)}</dd></div>
        <div><dt>{t('invites.link.validity')}</dt><dd>{validity(link)}</dd></div>
      </dl>
    </div>,
    document.body,
  )
}
