import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from '#src/components/Button.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { Section } from '#src/components/Section.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { serverNow } from '#src/lib/clock.ts'
import { formatDay } from '#src/lib/format.ts'
import { useSession } from '#src/session/use-session.ts'
import type { ContactChange, Own, Profile } from './change.ts'
import { ChangeDialog } from './ChangeDialog.tsx'

type Props = { profile: Profile; own: Own; /** Why nothing can be changed now. */ locked: string | undefined }

/** Who the person is here, and how the contacts and the password are changed: here, or where the unified ID is managed. One way, never both. */
export function OwnData({ profile, own, locked }: Props) {
  const { t } = useTranslation()
  const { member, partner } = useSession()
  const [changing, setChanging] = useState<ContactChange>()
  const modify = (change: ContactChange) => profile.kind === 'cloud' && (
    <Button variant="row" aria-label={t(`profile.change.title.${change}`)} onPress={() => setChanging(change)} disabledReason={locked}>{t('profile.change.modify')}</Button>
  )
  return (
    <Section title={t('profile.account_section')} action={profile.manageUrl !== null && <a className="button small" href={profile.manageUrl} target="_blank" rel="noopener noreferrer">{t('own_account.manage')}</a>}>
      <Facts facts={[
        { key: 'company', label: t('profile.company'), value: partner.name },
        { key: 'account', label: t('profile.account'), value: profile.account },
        ...(profile.login === null ? [] : [{ key: 'login', label: t('profile.login'), value: profile.login }]),
        { key: 'name', label: t('profile.name'), value: profile.nameMasked },
        { key: 'role', label: t('profile.role'), value: [...member.roles.map((role) => t(`shell.role.${role}`)), ...member.customRoles].join(t('common.list_separator')) },
        { key: 'mobile', label: t('profile.mobile'), value: <span className="own-line"><Contact contact={profile.mobile} />{modify('mobile')}</span> },
        { key: 'email', label: t('profile.email'), value: <span className="own-line"><Contact contact={profile.email} />{modify('email')}</span> },
        ...(profile.kind === 'cloud' ? [{ key: 'password', label: t('profile.password'), value: <span className="own-line"><PasswordAge setAt={profile.passwordSetAt} />{modify('password')}</span> }] : []),
      ]} />
      {profile.kind === 'unified' && <p className="caption">{t('own_account.unified')}</p>}
      {changing && <ChangeDialog change={changing} profile={profile} own={own} onClose={() => setChanging(undefined)} />}
    </Section>
  )
}

function Contact({ contact }: { contact: Profile['mobile'] }) {
  const { t } = useTranslation()
  if (contact === null) return <span className="quiet">{t('profile.no_contact')}</span>
  return (
    <>
      <span>{contact.masked}</span>
      <span>{contact.isVerified ? <StatusTag tone="success" isPlain>{t('profile.verified')}</StatusTag> : <StatusTag tone="warning">{t('profile.not_verified')}</StatusTag>}</span>
    </>
  )
}

const day = 86_400_000
/** A password older than this many days is worth changing. */
const oldAfter = 90

/** Since when the password is in use; a hint beside an old one, no alarm. */
function PasswordAge({ setAt }: { setAt: string | null }) {
  const { t } = useTranslation()
  const [now] = useState(serverNow)
  if (setAt === null) return <span className="quiet">{t('profile.password_set')}</span>
  const days = Math.max(0, Math.floor((now - Date.parse(setAt)) / day))
  return (
    <>
      <span className="quiet">{days === 0 ? t('own_account.password_today') : t('own_account.password_since', { day: formatDay(setAt), count: days })}</span>
      {days > oldAfter && <StatusTag tone="info">{t('own_account.password_old')}</StatusTag>}
    </>
  )
}
