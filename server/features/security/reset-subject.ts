import { keyedHash, type Secrets } from '#server/auth/secrets.ts'

/** @returns how codes and limits name somebody who is not signed in: by what was typed, whether or not it is anybody's. */
export const resetSubject = (secrets: Pick<Secrets, 'code'>, account: string, login: string): string => keyedHash(secrets, `reset\n${account.trim().toLowerCase()}\n${login.trim().toLowerCase()}`)
