import { createHash, randomBytes } from 'node:crypto'
import * as z from 'zod/mini'
import { SendFailed } from '#server/messages/channel.ts'
import type { MessageChannel } from '#server/messages/channel.ts'
import { postToProvider, smsParts } from './call.ts'
import { senderOf, templateVariables } from './templates.ts'
import type { Senders, TemplateIds } from './templates.ts'

export interface HuaweiSettings {
  provider: 'huawei'
  /** The application's access address with the path, e.g. `https://smsapi.cn-north-4.myhuaweicloud.com/sms/batchSendSms/v1`. */
  endpoint: string
  /** Application key and secret. */
  key: string
  secret: string
  senders: Senders
  templates: TemplateIds
}

const Answer = z.object({ code: z.string(), result: z.optional(z.nullable(z.array(z.object({ status: z.string() })))) })
const success = '000000'

/** @param clock the present time, for the signature. @returns the channel that sends through Huawei Cloud Message & SMS
 *  (batchSendSms, version 1), one number per request. `send` throws SendFailed with the provider's code. */
export function createHuaweiChannel(settings: HuaweiSettings, clock: () => Date = () => new Date()): MessageChannel {
  return {
    async send(message, signal) {
      const { to, template } = smsParts(message)
      const sender = senderOf(settings.senders, template.kind)
      const body = new URLSearchParams({
        from: sender.from, to,
        templateId: settings.templates[template.kind][template.locale],
        templateParas: JSON.stringify(templateVariables(template).map(([, value]) => value)),
        signature: sender.signature,
        extend: message.id,
      }).toString()
      const headers = {
        'Content-Type': 'application/x-www-form-urlencoded',
        Authorization: 'WSSE realm="SDP",profile="UsernameToken",type="Appkey"',
        'X-WSSE': usernameToken(settings, clock(), randomBytes(16).toString('hex')),
      }
      const { status, answer } = await postToProvider(settings.endpoint, headers, body, signal)
      refuseUnlessTaken(status, answer)
    },
  }
}

/** @param nonce up to 128 letters and digits, new for every request. @returns the X-WSSE header: proof that we know the secret, without it.
 *  The digest is Base64 over the hexadecimal SHA-256, as in the requests of the provider's reference. */
function usernameToken({ key, secret }: Pick<HuaweiSettings, 'key' | 'secret'>, at: Date, nonce: string): string {
  const created = at.toISOString().replace(/\.\d{3}Z$/, 'Z')
  const hash = createHash('sha256').update(nonce + created + secret).digest('hex')
  return `UsernameToken Username="${key}",PasswordDigest="${Buffer.from(hash).toString('base64')}",Nonce="${nonce}",Created="${created}"`
}

/** The request as a whole may be taken while its only number is refused, so both codes count. */
function refuseUnlessTaken(status: number, answer: object): void {
  const parsed = Answer.safeParse(answer)
  if (!parsed.success) throw new SendFailed('refused', `http-${status}`)
  const refusal = parsed.data.result?.find((one) => one.status !== success)?.status ?? parsed.data.code
  if (refusal !== success) throw new SendFailed('refused', refusal)
}
