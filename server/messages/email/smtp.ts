import { createTransport } from 'nodemailer'
import { SendFailed, codeOf, providerMs } from '#server/messages/channel.ts'
import type { MessageChannel, Outgoing } from '#server/messages/channel.ts'
import { normalizeEmail } from '#server/messages/contact.ts'

export interface SmtpSettings {
  host: string
  port: number
  /** TLS from the first byte (port 465). Otherwise STARTTLS is used when the server offers it. */
  secure: boolean
  user?: string | undefined
  password?: string | undefined
  /** `no-reply@partner.example` or `Partner Center <no-reply@partner.example>`. */
  from: string
  /** Refuse to send unless the connection is encrypted. Default: true. */
  requireTls?: boolean | undefined
}

/** @returns the mail channel: a few kept connections to one SMTP server. `close` ends them at shutdown.
 *  Refuses settings whose sender is not one plain address by throwing; `send` throws SendFailed. */
export function createSmtpChannel(settings: SmtpSettings): MessageChannel & { close(): void } {
  const from = parseSender(settings.from)
  const host = from.address.slice(from.address.indexOf('@') + 1)
  const transport = createTransport(poolOptions(settings))
  return {
    async send(message, signal) {
      const to = recipient(message)
      try {
        await transport.sendMail({
          from, to: { name: '', address: to },
          // Named here, so that the recipient never depends on how a header is read.
          envelope: { from: from.address, to: [to] },
          messageId: `<${message.id}@${host}>`,
          subject: oneLine(message.subject ?? ''),
          text: message.text,
          ...(message.html !== undefined && { html: message.html }),
          headers: { 'Auto-Submitted': 'auto-generated' },
          xMailer: false,
          signal,
        })
      } catch (error) {
        throw sendFailure(error)
      }
    },
    close: () => transport.close(),
  }
}

/** @param text a bare address or `Name <address>`. @returns its parts. Refuses anything else by throwing. */
export function parseSender(text: string): { name: string, address: string } {
  const open = text.lastIndexOf('<')
  const bracketed = open !== -1 && text.endsWith('>')
  const address = normalizeEmail(bracketed ? text.slice(open + 1, -1) : text)
  if (address === undefined) throw new RangeError('the sender must be one mail address')
  return { name: bracketed ? oneLine(text.slice(0, open)).trim() : '', address }
}

function poolOptions({ host, port, secure, user, password, requireTls = true }: SmtpSettings) {
  return {
    pool: true as const,
    host, port, secure, requireTLS: requireTls && !secure,
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    maxConnections: 5,
    // A connection that breaks after the text was handed over may have delivered it; whoever asked decides about a second attempt.
    maxRequeues: 0,
    idleTimeout: 30_000,
    dnsTimeout: providerMs, connectionTimeout: providerMs, greetingTimeout: providerMs, socketTimeout: providerMs,
    disableFileAccess: true, disableUrlAccess: true,
    maxRecipients: 1,
  }
}

function recipient({ to }: Outgoing): string {
  const address = normalizeEmail(to)
  if (address === undefined || address !== to) throw new SendFailed('unsendable')
  return address
}

const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')

/** nodemailer's errors quote the recipient and the server's answer, so only their codes go on. */
function sendFailure(error: unknown): SendFailed {
  const code = codeOf(error)
  if (code === 'EABORT' || code === 'ETIMEDOUT') return new SendFailed('timeout', code)
  if (error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number') return new SendFailed('refused', String(error.responseCode))
  return new SendFailed(code === 'EAUTH' || code === 'EENVELOPE' || code === 'EMESSAGE' ? 'refused' : 'unreachable', code)
}
