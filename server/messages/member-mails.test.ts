import { expect, test } from 'vitest'
import { noticeMessage } from './texts.ts'

const at = new Date('2026-11-20T01:00:00Z')
const url = `https://console.example/set-up#${'t'.repeat(43)}`
const link = { partner: '青屿数科', account: 'demo', login: 'lin.zhixia', by: '陈**', at, url, until: new Date('2026-11-21T01:00:00Z'), timeZone: 'Asia/Shanghai' }

test('a new colleague reads who opened the account, how to sign in, the link and its end', () => {
  const { subject, mail } = noticeMessage('OG-01', 'zh-CN', link)
  expect(subject).toBe('请设置密码')
  expect(mail.split('\n')).toEqual([
    '陈**已为您开通青屿数科的伙伴中心账号。', '', '登录账号：demo', '成员名：lin.zhixia', '', '请通过以下链接设置密码，有效期至 2026-11-21 09:00:00 GMT+08:00，仅可使用一次，请勿转发：', url, '', '如果您不认识青屿数科，请忽略本邮件。',
  ])
  const english = noticeMessage('OG-01', 'en-US', link)
  expect([english.subject, english.mail]).toEqual(['Set your password', expect.stringContaining(`until 2026-11-21 09:00:00 GMT+08:00. Do not pass it on:\n${url}`)])
})

test('after a reset the mail has the link and the SMS has none; a provider of registered texts gets the parts', () => {
  for (const locale of ['zh-CN', 'en-US'] as const) {
    const { sms, mail, template } = noticeMessage('OG-02', locale, link)
    expect([sms.includes('http'), sms.length < 300, mail.includes(url), template?.kind]).toEqual([false, true, true, 'security'])
    expect(noticeMessage('OG-02', locale, { ...link, url: null }).mail).not.toContain('http')
  }
})

test('the master account has no member name to be told', () => {
  expect(noticeMessage('OG-02', 'en-US', { ...link, login: '' }).mail).not.toContain('Member name')
})

test('a member reads what became of the role or the account', () => {
  const told = { roles: ['manager'], customRoles: ['财务专员'], partner: '青屿数科', by: '陈**', at, timeZone: 'Asia/Shanghai' } as const
  expect(noticeMessage('OG-03', 'zh-CN', { ...told, what: 'rights' })).toMatchObject({ subject: '角色变更', mail: expect.stringContaining('角色现为客户经理、财务专员') })
  expect(noticeMessage('OG-03', 'en-US', { ...told, what: 'disabled' })).toMatchObject({ subject: 'Account disabled', mail: expect.stringContaining('can no longer sign in') })
  expect(noticeMessage('OG-03', 'en-US', { ...told, what: 'enabled' }).mail).toContain('can sign in to the Partner Center of 青屿数科 again')
})

test('a partner’s name brings no second link, and an address that is not ours is never mailed', () => {
  expect(noticeMessage('OG-01', 'zh-CN', { ...link, partner: 'see https://evil.cn' }).mail.replace(url, '')).not.toContain('://')
  for (const wrong of ['javascript:alert(1)', 'https://a.cn\nBcc: b@c.cn']) expect(() => noticeMessage('OG-01', 'zh-CN', { ...link, url: wrong })).toThrow(RangeError)
})
