import { lazy, Suspense } from 'react'
import { useBridge } from '#src/api/bridge.ts'
import { loadTextsOf } from '#src/i18n/i18n.ts'
import { check } from './prove-identity.ts'

const ProofModal = lazy(async () => {
  const [{ ProofModal: Component }] = await Promise.all([import('./ProofModal.tsx'), loadTextsOf('confirming')])
  return { default: Component }
})

/** Where the security check appears. Its code arrives with the first one. */
export function ProofHost() {
  const open = useBridge(check)
  return open ? <Suspense><ProofModal key={open.round} open={open} /></Suspense> : null
}
