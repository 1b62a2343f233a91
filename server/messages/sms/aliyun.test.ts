import { createHash, createHmac } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { sendWithin } from '#server/messages/channel.ts'
import type { Outgoing } from '#server/messages/channel.ts'
import { createAliyunChannel, signAcsRequest } from './aliyun.ts'
import type { AliyunSettings } from './aliyun.ts'
import { startPeer } from './testing-peer.ts'
import type { PeerAnswer, PeerRequest } from './testing-peer.ts'

const secret = 'Peer-Secret-1'
const taken = '{"Code":"OK","Message":"OK","BizId":"700000000000000000^0","RequestId":"A0000000-3CC1-4000-8000-E00000000000"}'

const message: Outgoing = {
  id: '0f8fad5b-d9cb-469f-a165-70867728950e', to: '+8613800138000', text: 'not sent by this provider',
  template: { kind: 'code', locale: 'zh-CN', params: { action: '拨款', total: '12,000.00', target: "云海***公司 (ID ..8841)!'~", code: '013579', reference: 'KM', minutes: '10' } },
}

/** The provider's side: rebuilds the text to sign from what arrived, byte by byte, and compares. */
function isSigned({ method, url, headers, body }: PeerRequest): boolean {
  const authorization = /^ACS3-HMAC-SHA256 Credential=peer-key,SignedHeaders=([a-z0-9;-]+),Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? '')
  if (!authorization) return false
  const [, names = '', signature = ''] = authorization
  const list = names.split(';')
  const needed = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-acs-'))].sort()
  const bodyHash = createHash('sha256').update(body).digest('hex')
  if (list.join() !== needed.join() || headers['x-acs-content-sha256'] !== bodyHash) return false
  const [path = '', query = ''] = url.split('?')
  const sorted = query.split('&').sort((a, b) => (a < b ? -1 : 1)).join('&')
  const canonical = `${method}\n${path}\n${sorted}\n${list.map((name) => `${name}:${String(headers[name]).trim()}`).join('\n')}\n\n${names}\n${bodyHash}`
  const expected = createHmac('sha256', secret).update(`ACS3-HMAC-SHA256\n${createHash('sha256').update(canonical).digest('hex')}`).digest('hex')
  return /^[A-Za-z0-9=&%._~-]*$/.test(query) && expected === signature
}

async function provider(answer: PeerAnswer = { status: 200, body: taken }, changed: Partial<AliyunSettings> = {}) {
  const peer = await startPeer((request) => (isSigned(request) ? answer : { status: 400, body: '{"Code":"SignatureDoesNotMatch","Message":"no"}' }))
  onTestFinished(peer.close)
  const settings: AliyunSettings = {
    provider: 'aliyun', endpoint: peer.endpoint, key: 'peer-key', secret,
    senders: { code: { signature: '伙伴中心', from: '' }, notice: { signature: '伙伴通知', from: '' } },
    templates: { code: { 'zh-CN': 'SMS_1', 'en-US': 'SMS_2' }, 'code-setting': { 'zh-CN': 'SMS_3', 'en-US': 'SMS_4' }, notice: { 'zh-CN': 'SMS_5', 'en-US': 'SMS_6' }, 'code-register': { 'zh-CN': 'SMS_7', 'en-US': 'SMS_8' }, association: { 'zh-CN': 'SMS_9', 'en-US': 'SMS_10' }, security: { 'zh-CN': 'SMS_11', 'en-US': 'SMS_12' }, specialist: { 'zh-CN': 'SMS_13', 'en-US': 'SMS_14' }, payout: { 'zh-CN': 'SMS-p1', 'en-US': 'SMS-p2' }, incentive: { 'zh-CN': 'SMS_13-i', 'en-US': 'SMS_14-i' } },
    ...changed,
  }
  return { peer, channel: createAliyunChannel(settings, () => new Date('2026-11-20T13:03:05.678Z')) }
}

const queryOf = (request: PeerRequest | undefined): Record<string, string> => Object.fromEntries(new URL(request?.url ?? '', 'http://peer').searchParams)

test('the signature is the one of the example in the reference of the provider', () => {
  const { url, headers } = signAcsRequest({ key: 'YourAccessKeyId', secret: 'YourAccessKeySecret' }, {
    endpoint: 'https://ecs.cn-shanghai.aliyuncs.com/', action: 'RunInstances', version: '2014-05-26',
    query: { RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd' },
    at: new Date('2023-10-26T10:22:32Z'), nonce: '3156853299f313e23d1673dc12e1703d',
  })
  expect(url).toBe('https://ecs.cn-shanghai.aliyuncs.com/?ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai')
  expect(headers['Authorization']).toContain('Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0')
})

test('a code reaches the provider as one signed request with its variables by name', async () => {
  const { peer, channel } = await provider()
  await sendWithin(channel, message)
  expect(peer.requests).toHaveLength(1)
  expect(peer.requests[0]?.headers).toMatchObject({ 'x-acs-action': 'SendSms', 'x-acs-version': '2017-05-25', 'x-acs-date': '2026-11-20T13:03:05Z' })
  const { TemplateParam, ...query } = queryOf(peer.requests[0])
  expect(query).toEqual({ PhoneNumbers: '8613800138000', SignName: '伙伴中心', TemplateCode: 'SMS_1', OutId: message.id })
  expect(JSON.parse(TemplateParam ?? '')).toEqual(message.template?.params)
})

test('a notice leaves under its own sign and template, also abroad', async () => {
  const { peer, channel } = await provider()
  await sendWithin(channel, { ...message, to: '+85291234567', template: { kind: 'notice', locale: 'en-US', params: { partner: 'Yunhai', action: 'allocated', amount: '1.00' } } })
  expect(queryOf(peer.requests[0])).toMatchObject({ PhoneNumbers: '85291234567', SignName: '伙伴通知', TemplateCode: 'SMS_6' })
})

test('every request has its own nonce, and a wrong secret is refused', async () => {
  const { peer, channel } = await provider()
  await sendWithin(channel, message)
  await sendWithin(channel, message)
  expect(peer.requests[0]?.headers['x-acs-signature-nonce']).not.toBe(peer.requests[1]?.headers['x-acs-signature-nonce'])

  const stranger = await provider(undefined, { secret: 'Peer-Secret-2' })
  await expect(sendWithin(stranger.channel, message)).rejects.toMatchObject({ reason: 'refused', providerCode: 'SignatureDoesNotMatch' })
})

test.each([
  ['a limit is reached', { status: 200, body: '{"Code":"isv.BUSINESS_LIMIT_CONTROL","Message":"13800138000"}' }, 'isv.BUSINESS_LIMIT_CONTROL'],
  ['the service is down', { status: 503, body: 'Service Unavailable 13800138000' }, 'http-503'],
  ['it says OK with a bad status', { status: 500, body: '{"Code":"OK"}' }, 'OK'],
] as const)('when %s the message counts as not sent, and the error quotes a code only', async (_, answer, providerCode) => {
  const { channel } = await provider(answer)
  const error = await sendWithin(channel, message).catch((one: unknown) => one)
  expect(error).toMatchObject({ name: 'SendFailed', reason: 'refused', providerCode })
  expect(String(error)).not.toContain('138')
})

test('a provider that hangs is given up within the limit', async () => {
  const { channel } = await provider('hang')
  const started = performance.now()
  await expect(sendWithin(channel, message, 100)).rejects.toMatchObject({ reason: 'timeout' })
  expect(performance.now() - started).toBeLessThan(2000)
})

test('a number that is a list is not handed over', async () => {
  const { peer, channel } = await provider()
  await expect(sendWithin(channel, { ...message, to: '13800138000,13900139000' })).rejects.toMatchObject({ reason: 'unsendable' })
  expect(peer.requests).toEqual([])
})
