/** @param text a mobile number as people write and paste it: full-width digits, blanks, hyphens, brackets, the country code in front.
 *  @returns what is left of it, for mainland China 11 digits. Letters stay, so that a name is not taken for a number. */
export const cleanNumber = (text: string): string => text.normalize('NFKC').replace(/[\s\p{Cf}\p{Pd}().]/gu, '').replace(/^(?:\+|00)86(?=1)/, '')

/** @param text a code as people paste it. @returns its digits, at most six. */
export const cleanCode = (text: string): string => text.normalize('NFKC').replace(/\D/g, '').slice(0, 6)
