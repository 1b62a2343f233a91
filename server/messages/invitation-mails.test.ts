import { expect, test } from 'vitest'
import { invitationMessage, invitationParts, noticeMessage } from './texts.ts'

const told = { partner: '云海伙伴', name: '北岸***公司', type: 'RESALE' as const, mobile: '138****5678', until: new Date('2026-11-27T13:03:05Z') }
const url = 'https://console.example/invite/abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

test('a Chinese prospect reads who invites, as what, with which number, until when, and what to do with a stranger’s mail', () => {
  const { subject, mail } = invitationMessage('IN-01', 'zh-CN', told, url)
  expect(subject).toBe('云海伙伴邀请您关联')
  for (const line of ['北岸***公司，您好：', '关联类型：代售', '注册手机号码：138****5678', '有效期至：2026-11-27 21:03:05 GMT+08:00', `查看邀请：\n${url}`, '如果您不认识云海伙伴，请忽略本邮件']) expect(mail).toContain(line)
  expect(mail).toContain('发票、充值和服务支持由云海伙伴提供')
  expect(mail).not.toContain('均已失效')
})

test('an English prospect reads the same, and after a repetition that earlier links are over', () => {
  const { subject, mail } = invitationMessage('IN-02', 'en-US', { ...told, type: 'REFERRAL' }, url)
  expect(subject).toBe('云海伙伴 invites you (new link)')
  for (const line of ['The links in earlier mails no longer work.', 'Association type: referral', 'Mobile to register with: 138****5678', 'Valid until: 2026-11-27 21:03:05 GMT+08:00', `See the invitation:\n${url}`, 'If you do not know 云海伙伴, please ignore this mail.']) expect(mail).toContain(line)
})

test('the drawn mail says the same in one column, follows the dark scheme and loads nothing', () => {
  for (const locale of ['zh-CN', 'en-US'] as const) {
    const { html, mail, subject } = invitationMessage('IN-01', locale, told, url)
    expect(html).toContain(`<html lang="${locale}">`)
    expect(html).toContain(`<title>${subject}</title>`)
    for (const part of ['max-width:600px', 'prefers-color-scheme:dark', 'width=device-width']) expect(html).toContain(part)
    expect(html).not.toMatch(/<(?:img|script|link|iframe|object|form|table|svg|video)\b|url\(|@import|@font-face|\ssrc=|\son\w+=/i)
    expect([...html.matchAll(/https?:\/\/[^"<\s]+/g)].map(([address]) => address)).toEqual([url, url, url].slice(0, html.split(url).length - 1))
    const words = html.replace(/<style>.*?<\/style>|<title>.*?<\/title>/gs, '').replace(/<[^>]+>/g, '')
    for (const line of mail.split('\n').filter((text) => text !== '' && !text.includes(url) && !/^(?:查看邀请|See the invitation)/.test(text))) expect(words).toContain(line)
  }
})

const hostile = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '</style><b>x', '&lt;b&gt;', "' onmouseover='x", 'A\r\nBcc: evil@evil.cn', 'see https://evil.cn/x', 'www.evil.cn', 'evil.cn', '\u202Egpj.exe', '{{partner}}', '10.0.0.1/x', 'x'.repeat(200), 'javascript:alert(1)', '公司【官方】']

test.each(hostile)('the names %j stay words, in the text and in the drawn mail', (name) => {
  for (const locale of ['zh-CN', 'en-US'] as const) for (const kind of ['IN-01', 'IN-02'] as const) {
    const plain = invitationMessage(kind, locale, told, url)
    const { subject, mail, html } = invitationMessage(kind, locale, { ...told, partner: name, name }, url)
    expect(subject).not.toMatch(/[\r\n\u202E]/)
    const tags = (text: string) => [...text.matchAll(/<[^>]*>/g)].map(([tag]) => tag)
    expect(tags(html.replace(/<style>.*?<\/style>/s, ''))).toEqual(tags(plain.html.replace(/<style>.*?<\/style>/s, '')))
    for (const text of [subject, mail.replaceAll(url, ''), html.replaceAll(url, '')]) expect(text).not.toMatch(/:\/\/|\.(?:cn|exe)\b|@evil|javascript:|\d+\.\d+\.\d+\.\d+|【/)
    expect(mail.split('\n').length).toBe(plain.mail.split('\n').length)
  }
})

test('the preview is made of the same parts, without the link', () => {
  const { subject, blocks } = invitationParts('IN-01', 'en-US', told)
  const { mail, subject: sent } = invitationMessage('IN-01', 'en-US', told, url)
  expect(subject).toBe(sent)
  for (const block of blocks) for (const text of block.kind === 'facts' ? block.facts.map(({ label, value }) => `${label}: ${value}`) : [block.text]) expect(mail).toContain(text)
  expect(JSON.stringify(blocks)).not.toContain('http')
})

test('a link that is no address of ours is never mailed', () => {
  for (const address of ['javascript:alert(1)', 'https://a.cn\nBcc: b@c.cn', '']) expect(() => invitationMessage('IN-01', 'zh-CN', told, address)).toThrow(RangeError)
})

test('members and customers read what became of it in their language', () => {
  const at = new Date('2026-11-20T01:00:00Z')
  const zone = { timeZone: 'Asia/Shanghai' }
  expect(noticeMessage('IN-03', 'zh-CN', { customer: '北岸***公司', type: 'RESALE', at, ...zone })).toMatchObject({ subject: '客户已关联', mail: expect.stringContaining('请先拨款，再解冻账号') })
  expect(noticeMessage('IN-03', 'en-US', { customer: 'Ac***o.', type: 'REFERRAL', at, ...zone }).mail).toContain('needs no allocation')
  expect(noticeMessage('IN-05', 'zh-CN', { customer: '北岸***公司', until: at, ...zone }).mail).toContain('将于 2026-11-20 09:00:00 GMT+08:00 到期')
  expect(noticeMessage('IN-06', 'en-US', { customer: 'Ac***o.', result: 'rejected', reason: 'see https://evil.cn' })).toMatchObject({ subject: 'Report rejected', mail: expect.not.stringContaining('://') })
  expect(noticeMessage('IN-06', 'zh-CN', { customer: '北岸***公司', result: 'approved', until: at, ...zone })).toMatchObject({ subject: '报备审核通过' })
  const welcome = noticeMessage('AS-01', 'zh-CN', { partner: '云海伙伴', type: 'REFERRAL' }, 'https://console.example/my/partner')
  expect(welcome).toMatchObject({ subject: '您已关联云海伙伴', mail: expect.stringContaining('https://console.example/my/partner') })
  expect(welcome.sms).not.toContain('http')
})
