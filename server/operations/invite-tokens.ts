import { createHmac } from 'node:crypto'
import type { Secrets } from '#server/auth/secrets.ts'
import { hashToken, newToken } from '#server/auth/sessions.ts'

export { hashToken }

/** @returns the token of a mail invitation: 256 random bits, told once, in the mail. The server keeps its hash. */
export const newMailToken = (): string => newToken()

/** The token of a link is made from its id, so that whoever may see the link can be told its address again while the database holds a hash only.
 *  @param linkId of `invite_links`. @returns 256 bits that nobody finds without the installation's key. */
export const linkToken = (secrets: Pick<Secrets, 'link'>, linkId: string): string => createHmac('sha256', secrets.link).update(linkId).digest('base64url')

/** @param settings where the configured address comes from; nothing of a request ever does. @returns the one address that a mail, a copy or a QR image holds. */
export const inviteAddress = (settings: { publicUrl: string }, token: string): string => `${settings.publicUrl}/invite/${token}`
