import * as z from 'zod/mini'

/** What a mail program or a phone would turn into a link, and what could hide one: schemes, addresses, hosts, control and direction characters. */
const notPlain = /:\/\/|\/\/|@|\bwww\.|[\p{L}\p{N}]\.(?!(?:co|ltd|inc|corp|llc|gmbh)\b)[a-z]{2,}|\d{1,3}(?:\.\d{1,3}){3}|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/iu

/** @param text a name, label or remark that somebody typed. @returns whether it is one line of words: no link, address, control or invisible character. */
export const isPlainLine = (text: string): boolean => !notPlain.test(text.normalize('NFKC'))

/** A name, label or remark that may stand in a message to somebody else. @param min, max characters. */
export const plainLine = (min: number, max: number) =>
  z.string().check(z.trim(), z.minLength(min, 'required'), z.maxLength(max, 'too_long'), z.refine(isPlainLine, 'characters'))
