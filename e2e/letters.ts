/** A mail as the SMTP peer got it. */
export type Letter = { to: string[]; source: string }

/** @param source of a mail. @returns its text as the reader sees it, without headers; of a mail in several forms that of the plain one, which comes first. */
export function textOfLetter(source: string): string {
  const [head = '', ...rest] = source.replaceAll('\r\n', '\n').split('\n\n')
  const body = rest.join('\n\n')
  const boundary = /^content-type:\s*multipart\/[^;]+;\s*boundary="?([^"\n;]+)/im.exec(head)?.[1]
  if (boundary !== undefined) return textOfLetter(body.split(`--${boundary}`)[1]?.trimStart() ?? '')
  const encoding = /^content-transfer-encoding:\s*(\S+)/im.exec(head)?.[1]?.toLowerCase()
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  if (encoding !== 'quoted-printable') return body
  const bytes = body.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
