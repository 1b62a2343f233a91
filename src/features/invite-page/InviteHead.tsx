import { useTranslation } from '#src/i18n/use-translation.ts'
import { formatFull } from '#src/lib/format.ts'
import type { OpenInvite } from './steps.ts'

/** Who invites, to what, and for a mail invitation whom: over every step. */
export function InviteHead({ view }: { view: OpenInvite }) {
  const { t } = useTranslation()
  return (
    <section className="invite-head" aria-label={t('invite_page.title')}>
      <p className="invite-lead">{t(`invite_page.lead.${view.associationType}`, { partner: view.partnerName })}</p>
      <p className="second">{t(`invite_page.type_note.${view.associationType}`)}</p>
      {(view.mobileMasked !== null || view.expiresAt !== null) && (
        <dl className="invite-facts">
          {view.mobileMasked !== null && <div><dt>{t('invite_page.reported_mobile')}</dt><dd>{view.mobileMasked}</dd></div>}
          {view.expiresAt !== null && <div><dt>{t('invite_page.valid_until')}</dt><dd>{formatFull(view.expiresAt)}</dd></div>}
        </dl>
      )}
    </section>
  )
}
