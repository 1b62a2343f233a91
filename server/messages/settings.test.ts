import { expect, test } from 'vitest'
import { smsSettings, smtpSettings } from './settings.ts'

const smtp = { SMTP_HOST: 'mail.example', SMTP_FROM: 'Partner Center <no-reply@partner.example>' }
const sms = {
  SMS_PROVIDER: 'aliyun', SMS_KEY: 'key', SMS_SECRET: 'top-secret', SMS_SIGNATURE: '伙伴中心',
  SMS_TEMPLATE_CODE_ZH_CN: 't1', SMS_TEMPLATE_CODE_EN_US: 't2', SMS_TEMPLATE_CODE_SETTING_ZH_CN: 't3', SMS_TEMPLATE_CODE_SETTING_EN_US: 't4',
  SMS_TEMPLATE_NOTICE_ZH_CN: 't5', SMS_TEMPLATE_NOTICE_EN_US: 't6', SMS_TEMPLATE_CODE_REGISTER_ZH_CN: 't7', SMS_TEMPLATE_CODE_REGISTER_EN_US: 't8', SMS_TEMPLATE_ASSOCIATION_ZH_CN: 't9', SMS_TEMPLATE_ASSOCIATION_EN_US: 't10', SMS_TEMPLATE_SECURITY_ZH_CN: 't11', SMS_TEMPLATE_SECURITY_EN_US: 't12', SMS_TEMPLATE_SPECIALIST_ZH_CN: 't13', SMS_TEMPLATE_SPECIALIST_EN_US: 't14', SMS_TEMPLATE_PAYOUT_ZH_CN: 't15', SMS_TEMPLATE_PAYOUT_EN_US: 't16', SMS_TEMPLATE_INCENTIVE_ZH_CN: 't15', SMS_TEMPLATE_INCENTIVE_EN_US: 't16',
}

test('nothing configured, or left blank, is no channel and no error', () => {
  expect([smtpSettings({}), smtpSettings({ SMTP_HOST: '' }), smsSettings({ SMS_PROVIDER: '' })]).toEqual([undefined, undefined, undefined])
})

test('the least that an operator must give is enough, and encryption is on', () => {
  expect(smtpSettings(smtp)).toMatchObject({ host: 'mail.example', port: 587, secure: false, requireTls: true })
  expect(smtpSettings({ ...smtp, SMTP_SECURE: 'true' })).toMatchObject({ port: 465, secure: true })
  expect(smsSettings(sms)).toMatchObject({ provider: 'aliyun', endpoint: 'https://dysmsapi.aliyuncs.com/', senders: { notice: { signature: '伙伴中心' } } })
  expect(smsSettings({ ...sms, SMS_PROVIDER: 'huawei', SMS_FROM: '1069', SMS_ENDPOINT: 'https://sms.example/sms/batchSendSms/v1', SMS_NOTICE_FROM: '1070' }))
    .toMatchObject({ senders: { code: { from: '1069' }, notice: { from: '1070' } } })
})

test.each([
  ['SMTP_PORT', { ...smtp, SMTP_PORT: 'abc' }], ['SMTP_PORT', { ...smtp, SMTP_PORT: '0' }], ['SMTP_SECURE', { ...smtp, SMTP_SECURE: 'yes' }],
  ['SMTP_FROM', { SMTP_HOST: 'h' }], ['SMTP_FROM', { ...smtp, SMTP_FROM: 'a@b.cn, c@d.cn' }],
])('a bad %s stops the start with its name', (name, env) => {
  expect(() => smtpSettings(env)).toThrow(name)
})

test.each([
  ['SMS_PROVIDER', { ...sms, SMS_PROVIDER: 'other' }], ['SMS_FROM', { ...sms, SMS_PROVIDER: 'huawei', SMS_ENDPOINT: 'https://a.cn/' }],
  ['SMS_ENDPOINT', { ...sms, SMS_ENDPOINT: 'http://sms.example/' }], ['SMS_ENDPOINT', { ...sms, SMS_ENDPOINT: 'https://user:word@sms.example/' }],
  ['SMS_KEY', { ...sms, SMS_KEY: 'a"b' }], ['SMS_SECRET', { ...sms, SMS_SECRET: 'top-secret\n' }], ['SMS_TEMPLATE_NOTICE_EN_US', { ...sms, SMS_TEMPLATE_NOTICE_EN_US: '' }],
])('a bad %s stops the start with its name and shows no value', (name, env) => {
  expect(() => smsSettings(env)).toThrow(name)
  expect(() => smsSettings(env)).not.toThrow('top-secret')
})
