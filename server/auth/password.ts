import { hash, verify } from '@node-rs/argon2'

// OWASP's first choice for Argon2id. The library computes on a thread of its own, so the event loop goes on.
const strength = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** @param password 8 to 128 characters, taken as typed. @returns an Argon2id hash with its parameters and salt. */
export const hashPassword = (password: string): Promise<string> => hash(password, strength)

/** @param stored the account's hash, or undefined for an account that does not exist: the same work is done either way.
 *  @returns whether the password is right. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const right = await verify(stored ?? (await absent), password)
  return right && stored !== undefined
}

const absent = hash('no account has this password', strength)
