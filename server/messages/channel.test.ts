import { expect, test } from 'vitest'
import { SendFailed, sendWithin } from './channel.ts'
import type { MessageChannel, Outgoing } from './channel.ts'

const message: Outgoing = { id: 'm-1', to: '+8613800138000', text: 'code 135790' }

test('a provider that never answers, and ignores the signal, is given up within the limit', async () => {
  let ended = false
  const deaf: MessageChannel = {
    send: (_, signal) => new Promise(() => signal.addEventListener('abort', () => { ended = true })),
  }
  const started = performance.now()
  await expect(sendWithin(deaf, message, 50)).rejects.toMatchObject({ name: 'SendFailed', reason: 'timeout' })
  expect(performance.now() - started).toBeLessThan(1000)
  expect(ended).toBe(true)
})

test('an answer in time ends the attempt and nothing is left running', async () => {
  const seen: AbortSignal[] = []
  await sendWithin({ send: async (_, signal) => void seen.push(signal) }, message, 1000)
  expect(seen[0]?.aborted).toBe(false)
})

test('what a library quotes in its error reaches no log', async () => {
  const quoting = Object.assign(new Error('550 no such user +8613800138000: code 135790'), { code: 'ECONNRESET' })
  const error = await sendWithin({ send: () => Promise.reject(quoting) }, message).catch((one: unknown) => one)
  expect(error).toBeInstanceOf(SendFailed)
  expect(error).toHaveProperty('providerCode', 'ECONNRESET')
  expect(error).not.toHaveProperty('cause')
  expect(`${String(error)}${JSON.stringify(error)}`).not.toMatch(/138|135790/)
})

test('a provider that writes anything where its code should be is quoted as unknown', () => {
  expect(new SendFailed('refused', 'isv.BUSINESS_LIMIT_CONTROL').message).toBe('message not sent: refused (isv.BUSINESS_LIMIT_CONTROL)')
  expect(new SendFailed('refused', '+8613800138000').providerCode).toBe('unknown')
  expect(new SendFailed('refused', 'a\r\nlevel=info').providerCode).toBe('unknown')
})

test.each(['', 'a b', 'a>\r\nBcc: x@y.cn', 'x'.repeat(65)])('a message id that could change a header is not sent: %j', async (id) => {
  let calls = 0
  await expect(sendWithin({ send: async () => void calls++ }, { ...message, id })).rejects.toMatchObject({ reason: 'unsendable' })
  expect(calls).toBe(0)
})
