import { expect, test } from 'vitest'
import { createOutbox } from './outbox.ts'

const quiet = () => {
  const lines: string[] = []
  return { lines, outbox: createOutbox((line) => void lines.push(line)) }
}
const now = () => new AbortController().signal

test('somebody who tries the product finds the newest message to their number, however they type it', async () => {
  const { outbox } = quiet()
  await outbox.sms.send({ id: 'a', to: '+8613800138000', text: 'first' }, now())
  await outbox.sms.send({ id: 'b', to: '+8613800138000', text: 'second' }, now())
  await outbox.email.send({ id: 'c', to: 'li@example.com', subject: 'Hello', text: 'mail' }, now())

  const answer = await outbox.routes.request('/api/dev/outbox?to=138%200013%208000')
  expect(await answer.json()).toEqual([
    { channel: 'sms', to: '+8613800138000', subject: null, text: 'second', at: expect.any(String) },
    { channel: 'sms', to: '+8613800138000', subject: null, text: 'first', at: expect.any(String) },
  ])
  expect(await (await outbox.routes.request('/api/dev/outbox?to=LI@example.com')).json()).toMatchObject([{ channel: 'email', subject: 'Hello' }])
  expect(await (await outbox.routes.request('/api/dev/outbox')).json()).toHaveLength(3)
})

test('a message that holds markup is shown as text, and a break in it does not make a second line in the terminal', async () => {
  const { outbox, lines } = quiet()
  await outbox.email.send({ id: 'a', to: 'li@example.com', subject: '<script>alert(1)</script>', text: 'one\n\u001b[31mtwo <img src=x>' }, now())

  const page = await outbox.routes.request('/dev/outbox?to=%22%3E%3Cb%3E', { headers: { 'accept-language': 'en' } })
  const all = await (await outbox.routes.request('/dev/outbox', { headers: { 'accept-language': 'en' } })).text()
  expect(await page.text()).not.toContain('"><b>')
  expect(all).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(all).not.toContain('<img')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(lines).toHaveLength(1)
  expect(lines[0]).toBe('  [email] li@example.com: one [31mtwo <img src=x>')
})

test('the page speaks Chinese to a Chinese browser and says when there is nothing', async () => {
  const { outbox } = quiet()
  const page = await outbox.routes.request('/dev/outbox', { headers: { 'accept-language': 'zh-CN' } })
  expect(await page.text()).toContain('还没有消息。')
  expect((await outbox.routes.request('/dev/outbox.css')).headers.get('content-type')).toContain('text/css')
})

test('an afternoon of trying out does not fill the memory', async () => {
  const { outbox } = quiet()
  for (let round = 0; round < 600; round += 1) await outbox.sms.send({ id: `m${round}`, to: '+8613800138000', text: String(round) }, now())
  expect(outbox.newest()).toHaveLength(500)
  expect(outbox.newest()[0]?.text).toBe('599')
})
