import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { getProfile } from '#contract/profile.ts'
import { listAuthenticators } from '#contract/security.ts'
import { query } from '#src/api/query.ts'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { formatTime, zoneName } from '#src/lib/format.ts'
import { Authenticators } from './Authenticators.tsx'
import { OwnData } from './OwnData.tsx'
import { Verification } from './Verification.tsx'

/** Own data, masked, and what the person confirms with; the switch that concerns the whole company stands apart. */
export function AccountTab() {
  const { t } = useTranslation()
  const { data: profile, error, refetch } = useQuery(query(getProfile, {}))
  const authenticators = useQuery(query(listAuthenticators, {}))
  if (!profile || (!authenticators.data && !authenticators.error)) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={10} />
  const { lockedUntil } = profile
  const list = authenticators.data
  const canConfirm = [profile.mobile, profile.email].some((contact) => contact?.isVerified) || (list?.items.length ?? 0) > 0
  const locked = lockedUntil === null ? undefined : t('profile.locked', { time: `${formatTime(lockedUntil)} (${zoneName(lockedUntil)})` })
  return (
    <>
      {locked !== undefined && <Notice tone="warning">{locked}</Notice>}
      {!canConfirm && <Notice tone="warning">{t('profile.contact_missing')}</Notice>}
      <OwnData profile={profile} own={list ?? { items: [], opensBy: 'message' }} locked={locked} />
      {list ? <Authenticators list={list} profile={profile} locked={locked} /> : <ErrorState error={authenticators.error} onRetry={() => void authenticators.refetch()} />}
      <Verification isOn={profile.verificationOn} mayChange={profile.mayChangeVerification} required={list} />
    </>
  )
}
