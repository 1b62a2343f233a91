import { useSession } from '#src/session/use-session.ts'
import type { Mover } from './money-rules.ts'

/** @returns the signed-in person as the rules of money want to know them. */
export function useMover(): Mover {
  const { permissions, partner } = useSession()
  return { permissions, partnerType: partner.type, partnerState: partner.state }
}
