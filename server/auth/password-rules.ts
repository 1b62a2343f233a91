let common: Promise<ReadonlySet<string>> | undefined
const commonMax = 10_000

/** The list is read when the first password is set; nothing else needs it. */
async function commonPasswords(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'].slice(0, commonMax).map((word) => String(word).toLowerCase()))
}

/** @param password as typed. @returns why it cannot be a password: not 8 to 128 characters, or one of the ten thousand commonest. Nothing else is asked of it. */
export async function whyWeakPassword(password: string): Promise<'length' | 'common' | undefined> {
  const length = [...password].length
  if (length < 8 || length > 128) return 'length'
  common ??= commonPasswords()
  return (await common).has(password.toLowerCase()) || new Set(password).size < 4 ? 'common' : undefined
}
