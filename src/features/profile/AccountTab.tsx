import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getProfile } from '#contract/profile.ts'
import type { OwnChange } from '#contract/security.ts'
import { query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { Section } from '#src/components/Section.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { formatTime, zoneName } from '#src/lib/format.ts'
import { useSession } from '#src/session/use-session.ts'
import type { Profile } from './change.ts'
import { ChangeDialog } from './ChangeDialog.tsx'
import { MessageSettings } from './MessageSettings.tsx'
import { Verification } from './Verification.tsx'

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
      <MessageSettings language={profile.language} />
    </>
  )
}

function OwnData({ profile }: { profile: Profile }) {
  const { t } = useTranslation()
  const { member, partner } = useSession()
  const [changing, setChanging] = useState<OwnChange>()
  const modify = (change: OwnChange) => (
    <Button
      variant="row" aria-label={t(`profile.change.title.${change}`)} onPress={() => setChanging(change)}
      disabledReason={profile.lockedUntil === null ? undefined : t('profile.locked', { time: `${formatTime(profile.lockedUntil)} (${zoneName(profile.lockedUntil)})` })}
    >{t('profile.change.modify')}</Button>
  )
  return (
    <Section title={t('profile.account_section')}>
      <Facts facts={[
        { key: 'company', label: t('profile.company'), value: partner.name },
        { key: 'account', label: t('profile.account'), value: profile.account },
        ...(profile.login === null ? [] : [{ key: 'login', label: t('profile.login'), value: profile.login }]),
        { key: 'name', label: t('profile.name'), value: profile.nameMasked },
        { key: 'role', label: t('profile.role'), value: member.roles.map((role) => t(`shell.role.${role}`)).join(t('common.list_separator')) },
        { key: 'mobile', label: t('profile.mobile'), value: <span className="own-line"><Contact contact={profile.mobile} />{modify('mobile')}</span> },
        { key: 'email', label: t('profile.email'), value: <span className="own-line"><Contact contact={profile.email} />{modify('email')}</span> },
        { key: 'password', label: t('profile.password'), value: <span className="own-line"><span className="quiet">{t('profile.password_set')}</span>{modify('password')}</span> },
      ]} />
      {changing && <ChangeDialog change={changing} profile={profile} onClose={() => setChanging(undefined)} />}
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
