/** @param typed a name of a zone. @returns whether it is one of the IANA data base, which the database is asked about, too. Offsets such as `+08:00` are none: they know no summer. */
export function isTimeZone(typed: string): boolean {
  if (!/^(?:UTC|[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+){1,2})$/.test(typed)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: typed })
    return true
  } catch {
    return false
  }
}
