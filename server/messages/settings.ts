import * as z from 'zod/mini'
import { StartRefused } from '#server/start-refused.ts'
import { parseSender } from './email/smtp.ts'
import type { SmtpSettings } from './email/smtp.ts'
import type { SmsSettings } from './sms/gateway.ts'

type Env = Readonly<Record<string, string | undefined>>

/** Settings go into headers, so they are visible ASCII without quotes; signs may be Chinese. */
const token = z.string().check(z.regex(/^[\x21\x23-\x7e]{1,256}$/, 'visible ASCII'))
const signature = z.string().check(z.regex(/^[\p{L}\p{N} ._-]{1,64}$/u, 'letters and digits'))
const flag = z.enum(['true', 'false'])
const port = z.coerce.number().check(z.int(), z.minimum(1), z.maximum(65_535))
const endpoint = z.string().check(z.refine(isProviderAddress, 'https address'))

const Smtp = z.object({
  SMTP_HOST: token, SMTP_PORT: z.optional(port), SMTP_SECURE: z._default(flag, 'false'), SMTP_REQUIRE_TLS: z._default(flag, 'true'),
  SMTP_USER: z.optional(z.string()), SMTP_PASSWORD: z.optional(z.string()),
  SMTP_FROM: z.string().check(z.refine(isSender, 'one mail address')),
})

const templates = {
  SMS_TEMPLATE_CODE_ZH_CN: token, SMS_TEMPLATE_CODE_EN_US: token,
  SMS_TEMPLATE_CODE_SETTING_ZH_CN: token, SMS_TEMPLATE_CODE_SETTING_EN_US: token,
  SMS_TEMPLATE_CODE_REGISTER_ZH_CN: token, SMS_TEMPLATE_CODE_REGISTER_EN_US: token,
  SMS_TEMPLATE_NOTICE_ZH_CN: token, SMS_TEMPLATE_NOTICE_EN_US: token,
  SMS_TEMPLATE_ASSOCIATION_ZH_CN: token, SMS_TEMPLATE_ASSOCIATION_EN_US: token,
  SMS_TEMPLATE_SECURITY_ZH_CN: token, SMS_TEMPLATE_SECURITY_EN_US: token,
  SMS_TEMPLATE_SPECIALIST_ZH_CN: token, SMS_TEMPLATE_SPECIALIST_EN_US: token,
  SMS_TEMPLATE_PAYOUT_ZH_CN: token, SMS_TEMPLATE_PAYOUT_EN_US: token,
  SMS_TEMPLATE_INCENTIVE_ZH_CN: token, SMS_TEMPLATE_INCENTIVE_EN_US: token,
}
const common = { SMS_KEY: token, SMS_SECRET: token, SMS_SIGNATURE: signature, SMS_NOTICE_SIGNATURE: z.optional(signature), ...templates }

const Huawei = z.object({ SMS_PROVIDER: z.literal('huawei'), ...common, SMS_ENDPOINT: endpoint, SMS_FROM: token, SMS_NOTICE_FROM: z.optional(token) })
const Aliyun = z.object({ SMS_PROVIDER: z.literal('aliyun'), ...common, SMS_ENDPOINT: z._default(endpoint, 'https://dysmsapi.aliyuncs.com/') })
const Sms = z.discriminatedUnion('SMS_PROVIDER', [Huawei, Aliyun])
const names = new Set([Smtp, Huawei, Aliyun].flatMap(({ shape }) => Object.keys(shape)))

/** Names of settings, never values. */
export type SettingFaults = { missing: string[]; invalid: string[]; /** Of a channel that is on: a spelling mistake that must not pass silently. */ unknown: string[] }

/** @param env the process's environment; blank counts as absent. @returns everything that is wrong with the settings of the channels that are on, so
 *  that the start can tell it together with the rest, before it opens anything. */
export function findChannelFaults(env: Env): SettingFaults {
  const channels = [{ given: present(env, 'SMTP_'), switchedOnBy: 'SMTP_HOST', schema: Smtp }, { given: present(env, 'SMS_'), switchedOnBy: 'SMS_PROVIDER', schema: Sms }]
  const found = channels.filter(({ given, switchedOnBy }) => given[switchedOnBy] !== undefined).map(({ given, schema }) => ({ ...faultsOf(schema, given), unknown: Object.keys(given).filter((name) => !names.has(name)) }))
  return { missing: found.flatMap(({ missing }) => missing), invalid: found.flatMap(({ invalid }) => invalid), unknown: found.flatMap(({ unknown }) => unknown) }
}

/** @param env the process's environment; blank counts as absent. @returns the mail settings, or undefined when SMTP_HOST is absent.
 *  Refuses a bad value by throwing an error that names the variable and never its value. */
export function smtpSettings(env: Env): SmtpSettings | undefined {
  const given = present(env, 'SMTP_')
  if (given['SMTP_HOST'] === undefined) return undefined
  const smtp = parse(Smtp, given)
  const secure = smtp.SMTP_SECURE === 'true'
  return {
    host: smtp.SMTP_HOST, port: smtp.SMTP_PORT ?? (secure ? 465 : 587), secure, requireTls: smtp.SMTP_REQUIRE_TLS === 'true',
    user: smtp.SMTP_USER, password: smtp.SMTP_PASSWORD, from: smtp.SMTP_FROM,
  }
}

/** @param env the process's environment; blank counts as absent. @returns the SMS settings, or undefined when SMS_PROVIDER is absent.
 *  Refuses as smtpSettings does. */
export function smsSettings(env: Env): SmsSettings | undefined {
  const given = present(env, 'SMS_')
  if (given['SMS_PROVIDER'] === undefined) return undefined
  const sms = parse(Sms, given)
  const from = sms.SMS_PROVIDER === 'huawei' ? sms.SMS_FROM : ''
  const noticeFrom = sms.SMS_PROVIDER === 'huawei' ? sms.SMS_NOTICE_FROM : undefined
  return {
    provider: sms.SMS_PROVIDER, endpoint: sms.SMS_ENDPOINT, key: sms.SMS_KEY, secret: sms.SMS_SECRET,
    senders: {
      code: { signature: sms.SMS_SIGNATURE, from },
      notice: { signature: sms.SMS_NOTICE_SIGNATURE ?? sms.SMS_SIGNATURE, from: noticeFrom ?? from },
    },
    templates: {
      code: { 'zh-CN': sms.SMS_TEMPLATE_CODE_ZH_CN, 'en-US': sms.SMS_TEMPLATE_CODE_EN_US },
      'code-setting': { 'zh-CN': sms.SMS_TEMPLATE_CODE_SETTING_ZH_CN, 'en-US': sms.SMS_TEMPLATE_CODE_SETTING_EN_US },
      'code-register': { 'zh-CN': sms.SMS_TEMPLATE_CODE_REGISTER_ZH_CN, 'en-US': sms.SMS_TEMPLATE_CODE_REGISTER_EN_US },
      notice: { 'zh-CN': sms.SMS_TEMPLATE_NOTICE_ZH_CN, 'en-US': sms.SMS_TEMPLATE_NOTICE_EN_US },
      security: { 'zh-CN': sms.SMS_TEMPLATE_SECURITY_ZH_CN, 'en-US': sms.SMS_TEMPLATE_SECURITY_EN_US },
      specialist: { 'zh-CN': sms.SMS_TEMPLATE_SPECIALIST_ZH_CN, 'en-US': sms.SMS_TEMPLATE_SPECIALIST_EN_US },
      payout: { 'zh-CN': sms.SMS_TEMPLATE_PAYOUT_ZH_CN, 'en-US': sms.SMS_TEMPLATE_PAYOUT_EN_US },
      incentive: { 'zh-CN': sms.SMS_TEMPLATE_INCENTIVE_ZH_CN, 'en-US': sms.SMS_TEMPLATE_INCENTIVE_EN_US },
      association: { 'zh-CN': sms.SMS_TEMPLATE_ASSOCIATION_ZH_CN, 'en-US': sms.SMS_TEMPLATE_ASSOCIATION_EN_US },
    },
  }
}

function present(env: Env, prefix: string): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (name.startsWith(prefix) && value ? [[name, value]] : [])))
}

function parse<T extends z.ZodMiniType>(schema: T, given: Record<string, string>): z.infer<T> {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const { missing, invalid } = faultsOf(schema, given)
  throw new StartRefused(`Settings for messages: ${[...missing.map((name) => `${name} is missing`), ...invalid.map((name) => `${name} is not valid`)].join('; ')}. See .env.example.`)
}

/** Each name once. An absent setting and a bad one need different things of the operator. */
function faultsOf(schema: z.ZodMiniType, given: Record<string, string>): Pick<SettingFaults, 'missing' | 'invalid'> {
  const parsed = schema.safeParse(given)
  const atFault = parsed.success ? [] : [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))]
  return { missing: atFault.filter((name) => given[name] === undefined), invalid: atFault.filter((name) => given[name] !== undefined) }
}

function isSender(text: string): boolean {
  try {
    parseSender(text)
    return true
  } catch {
    return false
  }
}

/** Keys and codes leave only encrypted; a peer on the same machine is for tests. */
function isProviderAddress(text: string): boolean {
  const url = URL.parse(text)
  if (!url || url.username !== '' || url.password !== '' || url.search !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === '127.0.0.1')
}
