import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

let sealing: { id: string; key: Uint8Array } | undefined

/** Gives the key once at the start; the table holds only what it sealed. */
export const configureSealing = (key: { id: string; key: Uint8Array }): void => {
  sealing = key
}

/** @param text what must not be readable in the database. @returns key id, nonce, tag and AES-256-GCM cipher text. */
export function seal(text: string): Uint8Array {
  const { id, key } = sealingKey()
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(id))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.from(id), nonce, cipher.getAuthTag(), body])
}

/** @param sealed what `seal` returned. @returns the text. Refuses another key or a changed byte by throwing. */
export function open(sealed: Uint8Array): string {
  const { id, key } = sealingKey()
  const bytes = Buffer.from(sealed)
  if (bytes.subarray(0, 8).toString() !== id) throw new Error('sealed under another key')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(8, 20))
  decipher.setAAD(Buffer.from(id))
  decipher.setAuthTag(bytes.subarray(20, 36))
  return Buffer.concat([decipher.update(bytes.subarray(36)), decipher.final()]).toString('utf8')
}

/** As `open`, for what may have been sealed before the key was changed. @returns undefined for text of another key. */
export function openIfOurs(sealed: Uint8Array): string | undefined {
  return Buffer.from(sealed).subarray(0, 8).toString() === sealingKey().id ? open(sealed) : undefined
}

function sealingKey(): { id: string; key: Uint8Array } {
  if (!sealing) throw new Error('sealing was used before configureSealing')
  return sealing
}
