import { useQuery } from '@tanstack/react-query'
import { getProfile } from '#contract/profile.ts'
import { query } from '#src/api/query.ts'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { MessageSettings } from './MessageSettings.tsx'

/** How messages to this person look: their language, and the company's time zone. */
export function MessagesTab() {
  const { data: profile, error, refetch } = useQuery(query(getProfile, {}))
  if (!profile) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} />
  return <MessageSettings language={profile.language} />
}
