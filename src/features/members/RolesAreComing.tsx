import { ErrorState } from '#src/components/ErrorState.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'

/** In place of the roles while they are on their way, or did not arrive. */
export const RolesAreComing = ({ roles: { error, refetch } }: { roles: { error: Error | null; refetch: () => unknown } }) =>
  (error ? <ErrorState error={error} onRetry={() => void refetch()} isInline /> : <Skeleton lines={8} />)
