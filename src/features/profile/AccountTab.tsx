import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Answer } from '#contract/endpoint.ts'
import { getProfile } from '#contract/profile.ts'
import { query } from '#src/api/query.ts'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { Section } from '#src/components/Section.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { formatTime, zoneName } from '#src/lib/format.ts'
import { useSession } from '#src/session/use-session.ts'
import { MessageLanguage } from './MessageLanguage.tsx'
import { Verification } from './Verification.tsx'

type Profile = Answer<typeof getProfile>

/** Own data, masked; the switch that concerns the whole company stands apart. */
export function AccountTab() {
  const { t } = useTranslation()
  const { data: profile, error, refetch } = useQuery(query(getProfile, {}))
  if (!profile) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={10} />
  const { lockedUntil } = profile
  const canReceive = [profile.mobile, profile.email].some((contact) => contact?.isVerified)
  return (
    <>
      {lockedUntil !== null && <Notice tone="warning">{t('profile.locked', { time: `${formatTime(lockedUntil)} (${zoneName(lockedUntil)})` })}</Notice>}
      {!canReceive && <Notice tone="warning">{t('profile.contact_missing')}</Notice>}
      <OwnData profile={profile} />
      <Verification isOn={profile.verificationOn} mayChange={profile.mayChangeVerification} />
      <MessageLanguage language={profile.language} />
    </>
  )
}

function OwnData({ profile }: { profile: Profile }) {
  const { t } = useTranslation()
  const { member, partner } = useSession()
  return (
    <Section title={t('profile.account_section')}>
      <Facts facts={[
        { key: 'company', label: t('profile.company'), value: partner.name },
        { key: 'account', label: t('profile.account'), value: profile.account },
        ...(profile.login === null ? [] : [{ key: 'login', label: t('profile.login'), value: profile.login }]),
        { key: 'name', label: t('profile.name'), value: profile.nameMasked },
        { key: 'role', label: t('profile.role'), value: member.roles.map((role) => t(`shell.role.${role}`)).join(t('common.list_separator')) },
        { key: 'mobile', label: t('profile.mobile'), value: <Contact contact={profile.mobile} /> },
        { key: 'email', label: t('profile.email'), value: <Contact contact={profile.email} /> },
      ]} />
      <p className="caption">{t(profile.mayChangeVerification ? 'profile.contact_administrator' : 'profile.contact_member')}</p>
    </Section>
  )
}

function Contact({ contact }: { contact: Profile['mobile'] }) {
  const { t } = useTranslation()
  if (contact === null) return <span className="quiet">{t('profile.no_contact')}</span>
  return (
    <>
      <span>{contact.masked}</span>
      <span className="contact-state">{contact.isVerified ? <StatusTag tone="success" isPlain>{t('profile.verified')}</StatusTag> : <StatusTag tone="warning">{t('profile.not_verified')}</StatusTag>}</span>
    </>
  )
}
