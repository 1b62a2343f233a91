import { createHash } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { sendWithin } from '#server/messages/channel.ts'
import type { Outgoing } from '#server/messages/channel.ts'
import { createHuaweiChannel } from './huawei.ts'
import type { HuaweiSettings } from './huawei.ts'
import { startPeer } from './testing-peer.ts'
import type { PeerAnswer, PeerRequest } from './testing-peer.ts'

const secret = 'Peer-Secret-1'
const taken = JSON.stringify({ code: '000000', description: 'Success', result: [{ originTo: '+8613800138000', status: '000000', smsMsgId: 'x', from: '1069', createTime: '2026-11-20T13:03:05Z' }] })

const message: Outgoing = {
  id: '0f8fad5b-d9cb-469f-a165-70867728950e', to: '+8613800138000', text: 'not sent by this provider',
  template: { kind: 'code', locale: 'zh-CN', params: { action: '拨款', total: '12,000.00', target: '3个客户', code: '013579', reference: 'KM', minutes: '10' } },
}

/** The provider's side of the digest, written from its reference: the hexadecimal hash of nonce, time and secret, in Base64. */
function isSigned({ headers }: PeerRequest): boolean {
  const token = new Map([...String(headers['x-wsse']).matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]))
  const hash = createHash('sha256').update(`${token.get('Nonce')}${token.get('Created')}${secret}`).digest('hex')
  return headers.authorization === 'WSSE realm="SDP",profile="UsernameToken",type="Appkey"'
    && String(headers['x-wsse']).startsWith('UsernameToken ')
    && token.get('Username') === 'peer-key'
    && /^[A-Za-z0-9]{1,128}$/.test(token.get('Nonce') ?? '')
    && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(token.get('Created') ?? '')
    && Buffer.from(token.get('PasswordDigest') ?? '', 'base64').toString('latin1') === hash
}

async function provider(answer: PeerAnswer = { status: 200, body: taken }, changed: Partial<HuaweiSettings> = {}) {
  const peer = await startPeer((request) => (isSigned(request) ? answer : { status: 401, body: '{"code":"E000103","description":"Authorization invalid"}' }))
  onTestFinished(peer.close)
  const settings: HuaweiSettings = {
    provider: 'huawei', endpoint: `${peer.endpoint}sms/batchSendSms/v1`, key: 'peer-key', secret,
    senders: { code: { signature: '伙伴中心', from: '1069000001' }, notice: { signature: '伙伴通知', from: '1069000002' } },
    templates: { code: { 'zh-CN': 'tpl-code-zh', 'en-US': 'tpl-code-en' }, 'code-setting': { 'zh-CN': 'tpl-set-zh', 'en-US': 'tpl-set-en' }, notice: { 'zh-CN': 'tpl-note-zh', 'en-US': 'tpl-note-en' }, 'code-register': { 'zh-CN': 'tpl-7', 'en-US': 'tpl-8' }, association: { 'zh-CN': 'tpl-9', 'en-US': 'tpl-10' }, security: { 'zh-CN': 'tpl-11', 'en-US': 'tpl-12' }, specialist: { 'zh-CN': 'tpl-13', 'en-US': 'tpl-14' }, payout: { 'zh-CN': 'tpl-p1', 'en-US': 'tpl-p2' }, incentive: { 'zh-CN': 'tpl-13-i', 'en-US': 'tpl-14-i' } },
    ...changed,
  }
  return { peer, channel: createHuaweiChannel(settings) }
}

test('a code reaches the provider as one signed form with its variables in the registered order', async () => {
  const { peer, channel } = await provider()
  await sendWithin(channel, message)
  expect(peer.requests).toHaveLength(1)
  expect(peer.requests[0]).toMatchObject({ method: 'POST', url: '/sms/batchSendSms/v1', headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  expect(Object.fromEntries(new URLSearchParams(peer.requests[0]?.body))).toEqual({
    from: '1069000001', to: '+8613800138000', templateId: 'tpl-code-zh', signature: '伙伴中心', extend: message.id,
    templateParas: '["拨款","12,000.00","3个客户","013579","KM","10"]',
  })
})

test('a notice leaves under its own sign and template', async () => {
  const { peer, channel } = await provider()
  await sendWithin(channel, { ...message, template: { kind: 'notice', locale: 'en-US', params: { amount: '1.00', partner: 'Yunhai', action: 'allocated' } } })
  expect(Object.fromEntries(new URLSearchParams(peer.requests[0]?.body))).toMatchObject({
    from: '1069000002', signature: '伙伴通知', templateId: 'tpl-note-en', templateParas: '["Yunhai","allocated","1.00"]',
  })
})

test('every request is signed anew, and a wrong secret is refused', async () => {
  const { peer, channel } = await provider()
  await sendWithin(channel, message)
  await sendWithin(channel, message)
  expect(peer.requests[0]?.headers['x-wsse']).not.toBe(peer.requests[1]?.headers['x-wsse'])
  expect(String(peer.requests[0]?.headers['x-wsse'])).not.toContain(secret)

  const stranger = await provider(undefined, { secret: 'Peer-Secret-2' })
  await expect(sendWithin(stranger.channel, message)).rejects.toMatchObject({ reason: 'refused', providerCode: 'E000103' })
})

test.each([
  ['the request is refused', { status: 200, body: '{"code":"E000510","description":"to +8613800138000"}' }, 'E000510'],
  ['the only number is refused', { status: 200, body: '{"code":"000000","result":[{"originTo":"+8613800138000","status":"E200028"}]}' }, 'E200028'],
  ['the service is down', { status: 500, body: '<html>+8613800138000</html>' }, 'http-500'],
  ['the answer is none of its own', { status: 200, body: '{"ok":true}' }, 'http-200'],
] as const)('when %s the message counts as not sent, and the error quotes a code only', async (_, answer, providerCode) => {
  const { channel } = await provider(answer)
  const error = await sendWithin(channel, message).catch((one: unknown) => one)
  expect(error).toMatchObject({ name: 'SendFailed', reason: 'refused', providerCode })
  expect(String(error)).not.toContain('138')
})

test('a redirect is not followed with the code', async () => {
  const elsewhere = await startPeer(() => ({ status: 200, body: taken }))
  onTestFinished(elsewhere.close)
  const { channel } = await provider({ status: 307, body: '', headers: { Location: elsewhere.endpoint } })
  await expect(sendWithin(channel, message)).rejects.toMatchObject({ reason: 'unreachable' })
  expect(elsewhere.requests).toEqual([])
})

test('a provider that hangs is given up within the limit', async () => {
  const { channel } = await provider('hang')
  const started = performance.now()
  await expect(sendWithin(channel, message, 100)).rejects.toMatchObject({ reason: 'timeout' })
  expect(performance.now() - started).toBeLessThan(2000)
})

test('nobody listening is told apart from a refusal', async () => {
  const { peer, channel } = await provider()
  peer.close()
  await expect(sendWithin(channel, message)).rejects.toMatchObject({ reason: 'unreachable', providerCode: 'ECONNREFUSED' })
})

test.each([
  ['two numbers', { ...message, to: '+8613800138000,+8613900139000' }],
  ['a second field', { ...message, to: '+8613800138000&to=+1' }],
  ['no template', { id: message.id, to: message.to, text: message.text }],
  ['an empty variable', { ...message, template: { kind: 'code-setting', locale: 'zh-CN', params: { action: '', code: '013579', reference: 'KM', minutes: '10' } } }],
] satisfies [string, Outgoing][])('a message with %s is not handed over', async (_, malformed) => {
  const { peer, channel } = await provider()
  await expect(sendWithin(channel, malformed)).rejects.toMatchObject({ reason: 'unsendable' })
  expect(peer.requests).toEqual([])
})

test('a variable cannot become another variable or field', async () => {
  const { peer, channel } = await provider()
  const target = '"],"x":["&to=+8613900139000&templateId=other'
  await sendWithin(channel, { ...message, template: { kind: 'code', locale: 'zh-CN', params: { ...message.template?.params, target } } })
  const form = new URLSearchParams(peer.requests[0]?.body)
  expect([form.getAll('to'), form.getAll('templateId')]).toEqual([['+8613800138000'], ['tpl-code-zh']])
  expect(JSON.parse(form.get('templateParas') ?? '')).toEqual(['拨款', '12,000.00', target, '013579', 'KM', '10'])
})
