import type { Logger } from 'pino'
import type { ProofChannel } from '#contract/proofs.ts'
import type { Secrets } from '#server/auth/secrets.ts'
import type { UnifiedProvider } from '#server/auth/unified-provider.ts'
import type { Database } from '#server/db/transaction.ts'
import type { MessageChannel } from '#server/messages/channel.ts'

/** What the application is made of. Given once; nothing imports a connection. */
export type Deps = {
  database: Database
  secrets: Secrets
  channels: Partial<Record<ProofChannel, MessageChannel>>
  log: Logger
  settings: {
    /** The address people use, without a slash at the end. Links, cookies and the origin check hang on it. */
    publicUrl: string
    /** Further origins of the same console, for development behind another port. */
    otherOrigins: readonly string[]
    codeLifeSeconds: number
    idleSeconds: number
    sendsPerPartnerPerDay: number
    trustedProxyHops: number
    isProduction: boolean
    /** Set on the embedded database: shown in the console. */
    isEmbedded: boolean
  }
  /** Present where people may sign in with a unified ID. */
  unified?: UnifiedProvider | undefined
  /** True from SIGTERM on: new requests are refused. */
  isClosing(): boolean
}
