import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Amount } from '#contract/money.ts'
import { codeMessage, noticeMessage, personalCodeMessage, plainText, timeText } from './texts.ts'
import type { CodeMessage } from './texts.ts'

const at = new Date('2026-11-20T13:03:05Z')
const base: CodeMessage = {
  locale: 'zh-CN', operation: 'funds.allocate', total: Amount.parse('12000.00'), count: 1, payee: '云海***公司 (ID ..8841)',
  code: '013579', reference: 'KM', minutes: 10, requestedAt: at, timeZone: 'Asia/Shanghai', lines: ['客户：云海***公司 (ID ..8841)', '金额：12,000.00 元'],
}

test('a Chinese reader sees what the code is for, its reference and the warning', () => {
  const { sms, subject, mail } = codeMessage(base)
  expect(sms).toBe('【伙伴中心】您正在向云海***公司 (ID ..8841)拨款12,000.00元，验证码 013579（编号 KM），10 分钟内有效，请勿告知他人。')
  expect(subject).toBe('安全验证：向云海***公司 (ID ..8841)拨款12,000.00元')
  expect(mail.split('\n')).toEqual([
    '您正在向云海***公司 (ID ..8841)拨款12,000.00元。', '', '客户：云海***公司 (ID ..8841)', '金额：12,000.00 元', '',
    '验证码：013579', '编号：KM', '有效期：10 分钟', '申请时间：2026-11-20 21:03:05 GMT+08:00', '',
    '请勿将验证码告知他人。', '如非本人操作，请勿输入验证码并联系管理员。',
  ])
})

test('an English reader sees the same', () => {
  const { sms, subject, mail } = codeMessage({ ...base, locale: 'en-US', lines: ['Amount: 12,000.00 CNY'] })
  expect(sms).toBe('[Partner Center] You are about to allocate 12,000.00 CNY to 云海***公司 (ID ..8841). Code 013579, reference KM, valid 10 minutes. Never pass it on.')
  expect(subject).toBe('Security check: allocate 12,000.00 CNY to 云海***公司 (ID ..8841)')
  expect(mail).toContain('Amount: 12,000.00 CNY\n\nCode: 013579\nReference: KM\nValid: 10 minutes\nRequested: 2026-11-20 21:03:05 GMT+08:00\n')
  expect(mail).toContain('If this was not you, do not enter the code and tell your administrator.')
})

test.each([
  ['zh-CN', 'funds.allocate', 3, '向3个客户拨款合计12,000.00元'],
  ['zh-CN', 'funds.reclaim', 1, '从云海***公司 (ID ..8841)回收12,000.00元'],
  ['zh-CN', 'funds.reclaim', 100, '从100个客户回收合计12,000.00元'],
  ['zh-CN', 'verification.off', 1, '关闭验证码验证'],
  ['en-US', 'funds.allocate', 3, 'allocate 12,000.00 CNY to 3 customers'],
  ['en-US', 'funds.reclaim', 1, 'reclaim 12,000.00 CNY from 云海***公司 (ID ..8841)'],
  ['en-US', 'funds.reclaim', 100, 'reclaim 12,000.00 CNY from 100 customers'],
  ['en-US', 'verification.off', 1, 'turn verification off'],
] as const)('in %s, %s for %i is told as %s', (locale, operation, count, phrase) => {
  const { sms, subject } = codeMessage({ ...base, locale, operation, count, total: operation === 'verification.off' ? null : base.total })
  expect(sms).toContain(phrase)
  expect(subject).toContain(phrase)
})

test('one customer whose name came out empty is still counted', () => {
  expect(codeMessage({ ...base, payee: '\u200B\u202E' }).sms).toContain('向1个客户拨款合计12,000.00元')
  expect(codeMessage({ ...base, locale: 'en-US', payee: undefined }).sms).toContain('to 1 customer. Code')
})

test('a template for the provider has the same parts as the text', () => {
  expect(codeMessage(base).template).toEqual({
    kind: 'code', locale: 'zh-CN',
    params: { action: '拨款', total: '12,000.00', target: '云海***公司 (ID ..8841)', code: '013579', reference: 'KM', minutes: '10' },
  })
  expect(codeMessage({ ...base, locale: 'en-US', operation: 'verification.off', total: null }).template).toEqual({
    kind: 'code-setting', locale: 'en-US', params: { action: 'turn verification off', code: '013579', reference: 'KM', minutes: '10' },
  })
})

test('a message without its total, or with something else for a code, is never written', () => {
  expect(() => codeMessage({ ...base, total: null })).toThrow(RangeError)
  expect(() => codeMessage({ ...base, code: '1357' })).toThrow(RangeError)
  expect(() => codeMessage({ ...base, reference: 'K\n' })).toThrow(RangeError)
})

test('a customer reads in their language who moved how much, and when', () => {
  const moved = { partner: '云海伙伴', amount: Amount.parse('1234567.80'), at }
  expect(noticeMessage('FU-04', 'zh-CN', moved)).toMatchObject({
    subject: '云海伙伴已拨款1,234,567.80元', sms: '【伙伴中心】云海伙伴已于 2026-11-20 21:03:05 GMT+08:00 向您的账户拨款1,234,567.80元。',
    template: { kind: 'notice', params: { partner: '云海伙伴', action: '拨款', amount: '1,234,567.80' } },
  })
  expect(noticeMessage('FU-05', 'en-US', moved)).toMatchObject({
    subject: '云海伙伴 reclaimed 1,234,567.80 CNY', sms: '[Partner Center] 云海伙伴 reclaimed 1,234,567.80 CNY from your account on 2026-11-20 21:03:05 GMT+08:00.',
    template: { kind: 'notice', params: { partner: '云海伙伴', action: 'reclaimed', amount: '1,234,567.80' } },
  })
})

test('administrators read who changed the switch, who is locked until when, and who viewed too much', () => {
  const zone = { timeZone: 'Europe/Berlin' }
  expect(noticeMessage('PR-04', 'zh-CN', { state: 'off', by: '李明', at, ...zone })).toMatchObject({ subject: '验证码验证已关闭', mail: expect.stringContaining('李明已于 2026-11-20 14:03:05 GMT+01:00 关闭验证码验证。') })
  expect(noticeMessage('PR-04', 'en-US', { state: 'on', by: 'Li Ming', at, ...zone })).toMatchObject({ subject: 'Verification turned on', mail: expect.stringContaining('Li Ming turned verification on on 2026') })
  expect(noticeMessage('PR-04', 'zh-CN', { state: 'required', operations: ['funds.allocate', 'verification.off'], by: '李明', at, ...zone })).toMatchObject({ subject: '须用验证器的操作已修改', mail: expect.stringContaining('现为：拨款、关闭验证码验证。') })
  expect(noticeMessage('PR-04', 'en-US', { state: 'required', operations: [], by: 'Li Ming', at, ...zone }).mail).toContain('Li Ming changed on 2026-11-20 14:03:05 GMT+01:00 which operations need an authenticator. Now: none.')
  expect(noticeMessage('PR-05', 'en-US', { state: 'locked', person: 'Wang', until: at, ...zone }).mail).toContain('locked until 2026-11-20 14:03:05 GMT+01:00')
  expect(noticeMessage('PR-06', 'zh-CN', { result: 'rejected', reason: '照片反光，见 https://elsewhere.example' })).toMatchObject({ subject: '公司信息审核不通过', mail: expect.not.stringContaining('https://') })
  expect(noticeMessage('PR-06', 'en-US', { result: 'approved' })).toMatchObject({ subject: 'Company information approved' })
  expect(noticeMessage('PR-05', 'zh-CN', { state: 'unlocked', person: '王芳', by: '李明', at, ...zone })).toMatchObject({ subject: '验证功能已解锁', mail: '李明已于 2026-11-20 14:03:05 GMT+01:00 解除王芳的验证锁定。' })
  expect(noticeMessage('PR-07', 'en-US', { operator: 'Wang', count: 200, at, ...zone }).mail).toContain('Wang has viewed 200 full values')
})

test('a person reads what a code of the own account does, and hears of a new device, a changed contact and a changed password', () => {
  const code = { code: '013579', reference: 'KM', minutes: 10, requestedAt: at, timeZone: 'Asia/Shanghai' }
  expect(personalCodeMessage({ ...code, locale: 'zh-CN', purpose: 'mobile' })).toMatchObject({
    sms: '【伙伴中心】您正在修改手机号码，验证码 013579（编号 KM），10 分钟内有效，请勿告知他人。', subject: '安全验证：修改手机号码', mail: expect.stringContaining('申请时间：2026-11-20 21:03:05 GMT+08:00'),
    template: { kind: 'code-setting', params: { action: '修改手机号码', code: '013579', reference: 'KM', minutes: '10' } },
  })
  for (const purpose of ['mobile', 'email', 'password', 'new-mobile', 'new-email', 'reset'] as const) {
    for (const locale of ['zh-CN', 'en-US'] as const) expect(personalCodeMessage({ ...code, locale, purpose }).sms).not.toContain('http')
  }
  expect(() => personalCodeMessage({ ...code, locale: 'en-US', purpose: 'reset', code: '12345' })).toThrow(RangeError)
  const zone = { timeZone: 'Europe/Berlin' }
  expect(noticeMessage('PR-01', 'zh-CN', { at, ...zone, device: 'Chrome, Windows', address: '203.0.113.7' })).toMatchObject({ subject: '新设备登录', mail: expect.stringContaining('设备：Chrome, Windows\n地址：203.0.113.7') })
  expect(noticeMessage('PR-01', 'en-US', { at, ...zone, device: undefined, address: 'see evil.cn' }).mail).toContain('Device: unknown device\nAddress: –')
  expect(noticeMessage('PR-02', 'zh-CN', { what: 'email', at, ...zone })).toMatchObject({ subject: '联系方式已修改', sms: expect.stringContaining('您的邮箱已于 2026-11-20 14:03:05 GMT+01:00 修改'), template: { kind: 'security', params: { what: '邮箱', time: '2026-11-20 14:03:05 GMT+01:00' } } })
  expect(noticeMessage('PR-03', 'en-US', { how: 'reset', at, ...zone })).toMatchObject({ sms: expect.stringContaining('Your password was reset on'), template: { kind: 'security', params: { what: 'password' } } })
  expect(noticeMessage('PR-03', 'zh-CN', { how: 'unified', at, ...zone }).mail).toContain('您的密码已于 2026-11-20 14:03:05 GMT+01:00 停用，今后请使用统一账号登录')
  expect(noticeMessage('PR-03', 'en-US', { how: 'unified', at, ...zone }).mail).toContain('you sign in with your unified ID from now on')
})

test('a notice leads to our own page, a code to none', () => {
  const moved = { partner: 'Yunhai', amount: Amount.parse('1.00'), at }
  expect(noticeMessage('FU-04', 'en-US', moved, 'https://console.example/my').mail).toContain('See it after signing in: https://console.example/my')
  expect(() => noticeMessage('FU-04', 'en-US', moved, 'javascript:alert(1)')).toThrow(RangeError)
  expect(() => noticeMessage('FU-04', 'en-US', moved, 'https://a.cn\nBcc: b@c.cn')).toThrow(RangeError)
})

test('a time names its zone, also in winter, summer and at zero', () => {
  expect(timeText(new Date('2026-07-01T00:00:00Z'), 'Europe/Berlin')).toBe('2026-07-01 02:00:00 GMT+02:00')
  expect(timeText(new Date('2026-07-01T00:00:00Z'), 'UTC')).toBe('2026-07-01 00:00:00 GMT+00:00')
})

const hostileNames = [
  'A\r\nBcc: evil@evil.cn', 'see https://evil.cn/x', 'www.evil.cn', 'evil.cn', 'evil@evil.cn', '<a href="x">b</a>', '<script>', '${code}', '{{code}}', 'javascript:alert(1)',
  '公司【官方】', '\u202Egpj', 'a\u2028b', 'a\u0000b', 'a\u200Bb', '10.0.0.1/x', '例子.中国', 'x'.repeat(80), '\uD800', '[x](y)', 'tel:4001234567', 'h1://x',
]

test.each(hostileNames)('the name %j stays words on one line', (name) => {
  const moved = { partner: name, amount: Amount.parse('9999999999.99'), at }
  const written = [codeMessage({ ...base, payee: name, lines: [name] }), codeMessage({ ...base, locale: 'en-US', payee: name, lines: [name] }),
    noticeMessage('FU-04', 'zh-CN', moved), noticeMessage('FU-05', 'en-US', moved)]
  for (const { sms, subject, mail, template } of written) {
    expect([...sms].length).toBeLessThanOrEqual(300)
    for (const line of [sms, subject, ...Object.values(template?.params ?? {})]) expect(line).not.toMatch(/[\r\n\u2028\u202E\u200B\0]/)
    for (const text of [sms.replace(/^(?:【伙伴中心】|\[Partner Center\])/, ''), subject, mail]) {
      expect(text).not.toMatch(/:\/\/|\.(?:cn|中国)|@|[<>{}[\]【】]|javascript:|tel:|\d+\.\d+\.\d+\.\d+|[\uD800-\uDFFF](?<![\uD800-\uDBFF][\uDC00-\uDFFF])/)
    }
    expect(mail.split('\n').length).toBeLessThan(14)
  }
})

test('an ordinary name is left as it is', () => {
  for (const name of ['云海***公司 (ID ..8841)', 'Acme Co. Ltd', '王Tom', "O'Neil & Söhne", 'É***', '𠮷***', '客户：云海 12,000.00 元']) expect(plainText(name)).toBe(name)
})

test('any name becomes at most 64 plain characters, and becoming plain again changes nothing', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
    const plain = plainText(name)
    expect([...plain].length).toBeLessThanOrEqual(64)
    expect(plain).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>{}@]|\.\p{L}/u)
    expect(plainText(plain)).toBe(plain)
  }))
})

test('the longest names and amounts leave an SMS within 300 characters', () => {
  const most = { ...base, total: Amount.parse('9999999999.99'), payee: 'W'.repeat(500), count: 1 }
  for (const locale of ['zh-CN', 'en-US'] as const) for (const operation of ['funds.allocate', 'funds.reclaim', 'verification.off'] as const) {
    expect(codeMessage({ ...most, locale, operation }).sms.length).toBeLessThanOrEqual(300)
    expect(noticeMessage('PR-05', locale, { state: 'unlocked', person: 'W'.repeat(500), by: 'W'.repeat(500), at, timeZone: 'Asia/Shanghai' }).sms.length).toBeLessThanOrEqual(300)
  }
})

test('50 KiB of hostile text costs less than 50 ms', () => {
  const started = performance.now()
  for (const piece of ['.', 'a.', ':', ' ', '\u0301', '1.', '<', '\u202E', '【']) expect([...plainText(piece.repeat(51_200 / piece.length))].length).toBeLessThanOrEqual(64)
  expect(performance.now() - started).toBeLessThan(50)
})

test('a handover is told with masked names, its day and how figures count; a customer hears of a new account manager without a name', () => {
  const told = { from: '张**', to: '李*', day: '2026-12-01', count: 12, state: 'planned' } as const
  const zh = noticeMessage('OG-06', 'zh-CN', told)
  expect([zh.subject, zh.mail]).toEqual(['客户移交计划', '张**的 12 个客户将于 2026-12-01 移交给李*。\n\n2026-12-01 当天及以前的消费和业绩计入张**，此后计入李*（北京时间）。'])
  const en = noticeMessage('OG-06', 'en-US', { ...told, state: 'cancelled', count: 1 })
  expect([en.subject, en.mail]).toEqual(['Handover cancelled', 'The plan to hand 1 customer of 张** over to 李* on 2026-12-01 was cancelled.\n\nThe customers stay with their account manager; nothing changed.'])
  expect(noticeMessage('OG-07', 'zh-CN', { partner: '青屿数科' }).mail).toBe('您在青屿数科的客户经理已变更。\n\n登录后可在“我的伙伴”中查看新的联系人。您的账号、资源和费用不受影响。')
  expect(noticeMessage('OG-07', 'en-US', { partner: '青屿数科' }, 'https://console.test/my/partner').mail).toContain('https://console.test/my/partner')
})

test('a customer reads in the mail how much of an order its delivery coupon pays at most, and nothing of it where there is no such limit', () => {
  const told = { partner: '云港政务云', kind: 'DELIVERY' as const, amount: Amount.parse('100.50'), minOrder: Amount.parse('0.00'), until: at, scope: [] }
  expect(noticeMessage('CP-02', 'zh-CN', { ...told, maxShare: 50 }).mail).toContain('最小可用订单额：0.00元。最高抵扣一笔订单的 50%。适用于全部产品和订单。')
  expect(noticeMessage('CP-02', 'en-US', { ...told, maxShare: 50 }).mail).toContain('Minimum order amount: 0.00 CNY. It pays at most 50% of an order. For all products and orders.')
  expect(noticeMessage('CP-02', 'en-US', { ...told, kind: 'VOUCHER' }).mail).toContain('Minimum order amount: 0.00 CNY. For all products and orders.')
})

test('whoever takes two quotas back from one reseller is asked about two quotas, not about two resellers', () => {
  const asked = { ...base, operation: 'coupon.quota.reclaim', total: Amount.parse('300.00'), count: 2, payee: undefined } as const
  expect(codeMessage(asked).sms).toContain('您正在回收2笔代金券额度，合计约300.00元')
  expect(codeMessage({ ...asked, locale: 'en-US' }).mail).toContain('reclaim 2 voucher quotas, about 300.00 CNY')
  expect(codeMessage({ ...asked, count: 1, payee: '东*** (ID ..1024)' }).sms).toContain('您正在从东*** (ID ..1024)回收代金券额度合计约300.00元')
})

test('whoever confirms for a reseller reads the tail of its account as it is, and a name cannot make a link of it', () => {
  expect(codeMessage({ ...base, payee: '东*** (ID ..p-01)' }).mail).toContain('东*** (ID ..p-01)')
  expect(plainText('x (ID ..evil.com) (ID .evil.com)')).toBe('x (ID ..evil．com) (ID ．evil．com)')
})
