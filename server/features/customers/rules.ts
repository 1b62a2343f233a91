/** @param tag trimmed text of at most 64 characters. @returns whether it may be a customer's tag: no links, no mail addresses, no characters that
 *  cannot be seen or turn the direction of writing. */
export const isTag = (tag: string): boolean =>
  !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(tag)
  && !/[a-z][a-z0-9+.-]*:\/\/|\bwww\.|\b[\w-]+\.(?:com|cn|net|org|io|top|xyz|info|cc|vip|site|shop|club)\b/i.test(tag)
  && !/[^\s@]@[^\s@]/.test(tag)
