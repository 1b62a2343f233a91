/** @returns undefined for something the server may look up: blanks, dashes, full-width digits and +86 are cleaned there. */
export function mobileOrLast4(text: string): string | undefined {
  const cleaned = text.normalize('NFKC').replace(/[\s()\p{Pd}]/gu, '')
  return /^\d{4}$/.test(cleaned) || /^\+?\d{7,20}$/.test(cleaned) ? undefined : 'last4_or_full'
}

/** As mobileOrLast4, for mail. */
export function emailOrLast4(text: string): string | undefined {
  const cleaned = text.normalize('NFKC').trim()
  return /^\S{4}$/.test(cleaned) || /^[^\s@]+@[^\s@]+$/.test(cleaned) ? undefined : 'last4_or_full'
}

/** As mobileOrLast4, for names: any part of at least two characters. */
export const namePart = (text: string): string | undefined => (text.length < 2 ? 'name_part' : undefined)

/** For filters by customer ID, which is typed with full-width digits as well, and with blanks. */
export const byCustomerNumber = {
  clean: (text: string): string => text.normalize('NFKC'),
  check: (text: string): string | undefined => (/^[0-9 ]{1,20}$/.test(text) ? undefined : 'number'),
}
