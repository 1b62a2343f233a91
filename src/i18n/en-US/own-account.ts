import type { Shape } from '#src/i18n/shape.ts'
import type { own_account as source } from '#src/i18n/zh-CN/own-account.ts'

export const own_account: Shape<typeof source> = {
  password_since_one: 'Set {{day}} ({{count}} day ago)',
  password_since_other: 'Set {{day}} ({{count}} days ago)',
  password_today: 'Set today',
  password_old: 'In use for more than 90 days; consider changing it',
  unified: 'Account, contacts and password are managed with your unified ID.',
  manage: 'Go to manage',
  preview: { sms: 'SMS', mail: 'Email' },
}
