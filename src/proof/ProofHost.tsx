import { lazy, Suspense } from 'react'
import { useBridge } from '#src/api/bridge.ts'
import { check } from './prove-identity.ts'

const ProofModal = lazy(async () => ({ default: (await import('./ProofModal.tsx')).ProofModal }))

/** Where the security check appears. Its code arrives with the first one. */
export function ProofHost() {
  const open = useBridge(check)
  return open ? <Suspense><ProofModal key={open.round} open={open} /></Suspense> : null
}
