import { useTranslation } from '#src/i18n/use-translation.ts'
import { formatMobile } from '#src/lib/format.ts'
import type { Contact } from './contacts.ts'

/** The contacts as customers find them, drawn while they are typed. */
export function ContactPreview({ contacts, isSaved }: { contacts: readonly Contact[]; isSaved: boolean }) {
  const { t } = useTranslation()
  return (
    <figure className="contact-preview">
      <figcaption><span className="label">{t('customer_settings.contacts.preview')}</span><span className="caption">{t(isSaved ? 'customer_settings.contacts.preview_same' : 'customer_settings.contacts.preview_note')}</span></figcaption>
      {contacts.length === 0 ? (
        <div><p className="strong">{t('customer_settings.contacts.preview_default')}</p><p className="caption">{t('customer_settings.contacts.preview_default_note')}</p></div>
      ) : (
        <ol>
          {contacts.map(({ name, mobile, email, remark }, place) => (
            <li key={place}>
              <b>{name.trim() || <span className="quiet">{t('customer_settings.contacts.unnamed')}</span>}</b>
              {remark.trim() && <span className="caption">{remark}</span>}
              {mobile.trim() && <span>{formatMobile(mobile.trim())}</span>}
              {email.trim() && <span>{email.trim()}</span>}
            </li>
          ))}
        </ol>
      )}
    </figure>
  )
}
