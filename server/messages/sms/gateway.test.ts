import { expect, onTestFinished, test } from 'vitest'
import { inviteCodeMessage } from '#server/messages/invite-code.ts'
import { codeMessage, noticeMessage } from '#server/messages/texts.ts'
import { sendWithin } from '#server/messages/channel.ts'
import type { TemplateUse } from '#server/messages/channel.ts'
import { Amount } from '#contract/money.ts'
import { smsSettings } from '#server/messages/settings.ts'
import { createSmsChannel } from './gateway.ts'
import { smsTemplates, templateVariables } from './templates.ts'
import { startPeer } from './testing-peer.ts'

const at = new Date('2026-11-20T13:03:05Z')
const amount = Amount.parse('9999999999.99')

const used: TemplateUse[] = (['zh-CN', 'en-US'] as const).flatMap((locale) => [
  ...(['funds.allocate', 'funds.reclaim', 'verification.off'] as const).map((operation) => codeMessage({
    locale, operation, total: amount, count: 1, payee: '云海***公司 (ID ..8841)', code: '013579', reference: 'KM', minutes: 10, requestedAt: at, timeZone: 'Asia/Shanghai', lines: [],
  }).template),
  ...(['FU-04', 'FU-05'] as const).flatMap((kind) => noticeMessage(kind, locale, { partner: '云海伙伴', amount, at }).template ?? []),
  ...(['register', 'accept'] as const).map((purpose) => inviteCodeMessage({ locale, purpose, partner: '云海伙伴', code: '013579', reference: 'KM', minutes: 10 }).template),
  ...[noticeMessage('AS-01', locale, { partner: '云海伙伴', type: 'RESALE' }).template ?? []].flat(),
])

test('every message sent by SMS fills every variable of its registered text', () => {
  expect(used).toHaveLength(16)
  for (const use of used) expect(templateVariables(use).map(([name]) => name).toSorted()).toEqual(Object.keys(use.params).toSorted())
})

test('the registered texts use their variables once each, in the numbered order, in both languages', () => {
  for (const { variables, registered } of Object.values(smsTemplates)) {
    for (const text of Object.values(registered)) expect([...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name)).toEqual(variables)
  }
})

test.each([['huawei', { SMS_FROM: '1069000001' }, '000000'], ['aliyun', {}, 'OK']] as const)('the configured provider is the one that is asked: %s', async (provider, more, ok) => {
  const peer = await startPeer(() => ({ status: 200, body: JSON.stringify({ code: ok, Code: ok }) }))
  onTestFinished(peer.close)
  const settings = smsSettings({
    SMS_PROVIDER: provider, SMS_ENDPOINT: peer.endpoint, SMS_KEY: 'k', SMS_SECRET: 's', SMS_SIGNATURE: '伙伴中心', ...more,
    SMS_TEMPLATE_CODE_ZH_CN: 't1', SMS_TEMPLATE_CODE_EN_US: 't2', SMS_TEMPLATE_CODE_SETTING_ZH_CN: 't3', SMS_TEMPLATE_CODE_SETTING_EN_US: 't4',
    SMS_TEMPLATE_NOTICE_ZH_CN: 't5', SMS_TEMPLATE_NOTICE_EN_US: 't6', SMS_TEMPLATE_CODE_REGISTER_ZH_CN: 't7', SMS_TEMPLATE_CODE_REGISTER_EN_US: 't8', SMS_TEMPLATE_ASSOCIATION_ZH_CN: 't9', SMS_TEMPLATE_ASSOCIATION_EN_US: 't10', SMS_TEMPLATE_SECURITY_ZH_CN: 't11', SMS_TEMPLATE_SECURITY_EN_US: 't12', SMS_TEMPLATE_SPECIALIST_ZH_CN: 't13', SMS_TEMPLATE_SPECIALIST_EN_US: 't14', SMS_TEMPLATE_PAYOUT_ZH_CN: 't15', SMS_TEMPLATE_PAYOUT_EN_US: 't16', SMS_TEMPLATE_INCENTIVE_ZH_CN: 't15', SMS_TEMPLATE_INCENTIVE_EN_US: 't16',
  })
  if (!settings || !used[0]) throw new Error('no settings')
  await sendWithin(createSmsChannel(settings), { id: 'm-1', to: '+8613800138000', text: '', template: used[0] })
  expect(peer.requests[0]?.headers).toHaveProperty(provider === 'huawei' ? 'x-wsse' : 'x-acs-action')
})
