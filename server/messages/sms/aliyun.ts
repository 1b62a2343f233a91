import { createHash, createHmac, randomBytes } from 'node:crypto'
import * as z from 'zod/mini'
import { SendFailed } from '#server/messages/channel.ts'
import type { MessageChannel } from '#server/messages/channel.ts'
import { postToProvider, smsParts } from './call.ts'
import { senderOf, templateVariables } from './templates.ts'
import type { Senders, TemplateIds } from './templates.ts'

export interface AliyunSettings {
  provider: 'aliyun'
  /** The service address of the region, e.g. `https://dysmsapi.aliyuncs.com/`. */
  endpoint: string
  /** Access key id and secret of an account that may only send SMS. */
  key: string
  secret: string
  senders: Senders
  templates: TemplateIds
}

/** One request to an Alibaba Cloud API of the RPC kind: all parameters in the query, the body empty. */
export interface AcsRequest { endpoint: string, action: string, version: string, query: Record<string, string>, at: Date, nonce: string }

const Answer = z.object({ Code: z.string() })

/** @param clock the present time, for the signature. @returns the channel that sends through Alibaba Cloud SMS (SendSms, 2017-05-25), one
 *  number per request. `send` throws SendFailed with the provider's code. */
export function createAliyunChannel(settings: AliyunSettings, clock: () => Date = () => new Date()): MessageChannel {
  return {
    async send(message, signal) {
      const { to, template } = smsParts(message)
      const { url, headers } = signAcsRequest(settings, {
        endpoint: settings.endpoint, action: 'SendSms', version: '2017-05-25', at: clock(), nonce: randomBytes(16).toString('hex'),
        query: {
          // Country code and number, no plus sign: the one form that is documented for both domestic and foreign numbers.
          PhoneNumbers: to.slice(1),
          SignName: senderOf(settings.senders, template.kind).signature,
          TemplateCode: settings.templates[template.kind][template.locale],
          TemplateParam: JSON.stringify(Object.fromEntries(templateVariables(template))),
          OutId: message.id,
        },
      })
      const { status, answer } = await postToProvider(url, headers, '', signal)
      const parsed = Answer.safeParse(answer)
      if (!parsed.success) throw new SendFailed('refused', `http-${status}`)
      if (status !== 200 || parsed.data.Code !== 'OK') throw new SendFailed('refused', parsed.data.Code)
    },
  }
}

/** Signature method V3, ACS3-HMAC-SHA256: https://help.aliyun.com/document_detail/2593177.html
 *  @returns the address with its query and the headers to send. */
export function signAcsRequest({ key, secret }: Pick<AliyunSettings, 'key' | 'secret'>, request: AcsRequest): { url: string, headers: Record<string, string> } {
  const { host, origin } = new URL(request.endpoint)
  const query = Object.entries(request.query).map(([name, value]) => `${encode(name)}=${encode(value)}`).sort().join('&')
  const bodyHash = sha256('')
  const signed = {
    host,
    'x-acs-action': request.action,
    'x-acs-content-sha256': bodyHash,
    'x-acs-date': request.at.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    'x-acs-signature-nonce': request.nonce,
    'x-acs-version': request.version,
  }
  const names = Object.keys(signed).join(';')
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`).join('')
  const canonical = ['POST', '/', query, lines, names, bodyHash].join('\n')
  const signature = createHmac('sha256', secret).update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`).digest('hex')
  const { host: _, ...headers } = signed
  return {
    url: `${origin}/?${query}`,
    headers: { ...headers, Accept: 'application/json', Authorization: `ACS3-HMAC-SHA256 Credential=${key},SignedHeaders=${names},Signature=${signature}` },
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** RFC 3986; encodeURIComponent leaves five characters that the provider encodes. */
const encode = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
