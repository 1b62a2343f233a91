import { once } from 'node:events'
import { createServer } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerOptions } from 'smtp-server'
import { expect, onTestFinished, test } from 'vitest'
import { sendWithin } from '#server/messages/channel.ts'
import type { Outgoing } from '#server/messages/channel.ts'
import { createSmtpChannel, parseSender } from './smtp.ts'
import type { SmtpSettings } from './smtp.ts'

interface Received { from: string, to: string[], raw: string, headers: [name: string, value: string][] }

const message: Outgoing = { id: '0f8fad5b-d9cb-469f-a165-70867728950e', to: 'liming@example.com', subject: 'Security check', text: 'Code: 013579\nReference: KM' }

async function mailServer(options: SMTPServerOptions = {}, changed: Partial<SmtpSettings> = {}) {
  const received: Received[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'], authOptional: true, disableReverseLookup: true, closeTimeout: 1,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8')
        const { mailFrom, rcptTo } = session.envelope
        received.push({ from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map(({ address }) => address), raw, headers: headersOf(raw) })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('the mail server has no port')
  const channel = createSmtpChannel({
    host: '127.0.0.1', port: address.port, secure: false, requireTls: false, from: 'Partner Center <no-reply@partner.example>', ...changed,
  })
  onTestFinished(() => {
    channel.close()
    return new Promise((closed) => server.close(() => closed()))
  })
  return { received, channel }
}

/** The header lines as a mail program reads them: folded lines joined. */
function headersOf(raw: string): [string, string][] {
  const [head = ''] = raw.split('\r\n\r\n')
  return head.replace(/\r\n[ \t]+/g, ' ').split('\r\n').map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
}

const header = (mail: Received | undefined, name: string): string[] => (mail?.headers ?? []).flatMap(([one, value]) => (one === name ? [value] : []))

test('a person gets the mail, under a Message-ID that stays the same when it is sent again', async () => {
  const { received, channel } = await mailServer()
  await sendWithin(channel, message)
  await sendWithin(channel, message)
  expect(received).toHaveLength(2)
  expect(received[0]).toMatchObject({ from: 'no-reply@partner.example', to: ['liming@example.com'] })
  expect(header(received[0], 'to')).toEqual(['liming@example.com'])
  expect(header(received[0], 'from')).toEqual(['Partner Center <no-reply@partner.example>'])
  expect(header(received[0], 'subject')).toEqual(['Security check'])
  expect(received.map((mail) => header(mail, 'message-id'))).toEqual(Array(2).fill(['<0f8fad5b-d9cb-469f-a165-70867728950e@partner.example>']))
  expect(received[0]?.raw).toContain('Code: 013579\r\nReference: KM')
})

test('a Chinese subject arrives, and HTML comes beside the text', async () => {
  const { received, channel } = await mailServer()
  await sendWithin(channel, { ...message, subject: '安全验证：关闭验证码验证', html: '<p>Code: <b>013579</b></p>' })
  const words = [...(header(received[0], 'subject')[0] ?? '').matchAll(/=\?UTF-8\?B\?([^?]+)\?=/g)].map(([, word = '']) => Buffer.from(word, 'base64'))
  expect(Buffer.concat(words).toString('utf8')).toBe('安全验证：关闭验证码验证')
  expect(header(received[0], 'content-type')[0]).toContain('multipart/alternative')
  expect(received[0]?.raw).toContain('<b>013579</b>')
})

test.each([
  'x\r\nBcc: evil@evil.example', 'x\nBcc: evil@evil.example', 'x\rBcc: evil@evil.example', 'x\r\n\r\nanother body', 'x\u2028Bcc: evil@evil.example', 'x\0y',
  '=?UTF-8?Q?x=0D=0ABcc:_evil@evil.example?=',
])('the subject %j adds no header, recipient or body', async (subject) => {
  const { received, channel } = await mailServer()
  await sendWithin(channel, message)
  await sendWithin(channel, { ...message, subject, text: 'Bcc: evil@evil.example\r\n.\r\nMAIL FROM:<evil@evil.example>' })
  expect(received).toHaveLength(2)
  const [plain, hostile] = received
  expect(hostile?.to).toEqual(['liming@example.com'])
  expect(hostile?.headers.map(([name]) => name)).toEqual(plain?.headers.map(([name]) => name))
  expect(header(hostile, 'bcc')).toEqual([])
  expect(header(hostile, 'subject')).toHaveLength(1)
  expect(hostile?.raw.split('\r\n\r\n')[1]).toContain('Bcc: evil@evil.example')
})

test.each([
  'a@b.cn,evil@evil.example', 'a@b.cn\r\nRCPT TO:<evil@evil.example>', 'Li <a@b.cn>', '<a@b.cn> NOTIFY=SUCCESS', '"a b"@b.cn', 'a@[127.0.0.1]', 'LIMING@example.com', '',
])('nothing leaves for the destination %j', async (to) => {
  const { received, channel } = await mailServer()
  await expect(sendWithin(channel, { ...message, to })).rejects.toMatchObject({ reason: 'unsendable' })
  expect(received).toEqual([])
})

test('a refused recipient is reported by its code, without the address', async () => {
  const { channel } = await mailServer({ onRcptTo: ({ address }, _, done) => done(Object.assign(new Error(`no such user ${address}`), { responseCode: 550 })) })
  const error = await sendWithin(channel, message).catch((one: unknown) => one)
  expect(error).toMatchObject({ name: 'SendFailed', reason: 'refused', providerCode: '550' })
  expect(`${String(error)}${JSON.stringify(error)}`).not.toContain('liming')
})

test('a signed-in server takes mail only with the right password', async () => {
  const options: SMTPServerOptions = {
    authOptional: false, allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) => (username === 'sender' && password === 'right' ? done(null, { user: 'sender' }) : done(new Error('wrong'))),
  }
  const right = await mailServer(options, { user: 'sender', password: 'right' })
  await sendWithin(right.channel, message)
  expect(right.received).toHaveLength(1)

  const wrong = await mailServer(options, { user: 'sender', password: 'guess' })
  await expect(sendWithin(wrong.channel, message)).rejects.toMatchObject({ reason: 'refused', providerCode: '535' })
})

test('without being told otherwise, nothing leaves unencrypted', async () => {
  const { received, channel } = await mailServer({}, { requireTls: undefined })
  await expect(sendWithin(channel, message)).rejects.toMatchObject({ name: 'SendFailed' })
  expect(received).toEqual([])
})

test('a server that takes the mail and then hangs is given up within the limit, and the next mail still leaves', async () => {
  let hangs = true
  const { received, channel } = await mailServer({
    onRcptTo: (_, __, done) => {
      if (!hangs) done()
    },
  })
  const started = performance.now()
  await expect(sendWithin(channel, message, 200)).rejects.toMatchObject({ reason: 'timeout' })
  expect(performance.now() - started).toBeLessThan(2000)
  hangs = false
  await sendWithin(channel, { ...message, id: 'second' })
  expect(received.map((mail) => header(mail, 'message-id'))).toEqual([['<second@partner.example>']])
})

test('a server that says nothing, and one that is not there, are told apart from a refusal', async () => {
  const mute = createServer().listen(0, '127.0.0.1')
  await once(mute, 'listening')
  const address = mute.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const channel = createSmtpChannel({ host: '127.0.0.1', port, secure: false, from: 'no-reply@partner.example' })
  onTestFinished(() => channel.close())
  await expect(sendWithin(channel, message, 200)).rejects.toMatchObject({ reason: 'timeout' })
  mute.close()
  await once(mute, 'close')
  await expect(sendWithin(channel, message)).rejects.toMatchObject({ reason: 'unreachable' })
})

test('a sender is one address with or without a name, and nothing else', () => {
  expect(parseSender('no-reply@partner.example')).toEqual({ name: '', address: 'no-reply@partner.example' })
  expect(parseSender('伙伴中心 <No-Reply@partner.example>')).toEqual({ name: '伙伴中心', address: 'no-reply@partner.example' })
  for (const bad of ['', 'a@b.cn, c@d.cn', 'x <a@b.cn>, <c@d.cn', 'x <a@b.cn\r\nBcc: c@d.cn>', 'nobody']) expect(() => parseSender(bad)).toThrow(RangeError)
})
