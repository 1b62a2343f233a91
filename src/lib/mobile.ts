/** @param mobile as it is kept, E.164. @returns `138 0013 8000` for a mainland number; others stay as they are. */
export const spacedMobile = (mobile: string): string => mobile.replace(/^(?:\+86)?(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3')
