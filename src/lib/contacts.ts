/** @param text a mail address as somebody typed it. @returns whether it can be one; the server looks closer. */
export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text.trim()) && text.trim().length <= 64

/** As isEmail, for a mobile: blanks, dashes, full-width digits, `+86` and `0086` do no harm. */
export const isMobile = (text: string): boolean => /^(?:\+?86|0086)?1\d{10}$/.test(text.normalize('NFKC').replace(/[\s()\p{Pd}]/gu, ''))
