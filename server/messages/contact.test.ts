import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAllowedPrefix, isMainlandMobile, normalizeEmail, normalizeMobile } from './contact.ts'

test.each([
  ['13800138000', '+8613800138000'],
  ['+86 138 0013 8000', '+8613800138000'],
  ['0086-138-0013-8000', '+8613800138000'],
  ['86 13800138000', '+8613800138000'],
  ['（＋８６）１３８００１３８０００', '+8613800138000'],
  ['\u202D138 0013 8000\u202C', '+8613800138000'],
  ['10000000001', '+8610000000001'],
  ['+852 9123 4567', '+85291234567'],
  ['+44 7911 123456', '+447911123456'],
])('a mobile number typed as %j is counted and dialled as %s', (typed, e164) => {
  expect(normalizeMobile(typed)).toBe(e164)
})

test.each([
  ['nothing', ''], ['a short service number', '10086'], ['a service number with country code', '+8610086'], ['a landline', '+86 21 12345678'],
  ['a port number of senders', '10690001234'], ['premium', '+1 900 234 5678'], ['premium abroad', '+44 871 234 5678'],
  ['satellite', '+881612345678'], ['satellite at sea', '+870773123456'], ['international premium', '+979123456789'], ['a digit too many', '138001380001'],
  ['a digit too few', '1380013800'], ['no such country', '+9991234567'], ['a foreign landline', '+49 30 1234567'], ['letters', '1380013800a'],
  ['two numbers', '13800138000,13900139000'], ['a second line', '13800138000\n13900139000'], ['a header', '13800138000\r\nBcc: x'],
  ['an extension', '13800138000;ext=5'], ['no country and no mainland number', '91234567'], ['too long', `+86${' '.repeat(30)}13800138000`],
])('%s is no mobile number', (_, typed) => {
  expect(normalizeMobile(typed)).toBeUndefined()
})

test('every spelling of a number shares one bucket', () => {
  const gap = fc.constantFrom('', ' ', '-', '\u00A0')
  fc.assert(fc.property(
    fc.integer({ min: 3_000_000_000, max: 9_999_999_999 }), fc.constantFrom('', '+86', '0086', '86', '＋８６', '+86 '), gap, gap, fc.boolean(),
    (rest, prefix, first, second, isWide) => {
      const digits = `1${rest}`
      const typed = `${prefix}${digits.slice(0, 3)}${first}${digits.slice(3, 7)}${second}${digits.slice(7)}`
      const wide = typed.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
      expect(normalizeMobile(isWide ? wide : typed)).toBe(`+86${digits}`)
    },
  ))
})

test('whatever is typed, the result is E.164 and normalising it again changes nothing', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\+?[0-9 ()-]{0,24}$/)), (typed) => {
    const mobile = normalizeMobile(typed)
    if (mobile === undefined) return
    expect(mobile).toMatch(/^\+[1-9]\d{6,14}$/)
    expect(normalizeMobile(mobile)).toBe(mobile)
  }))
})

test('public forms send to the mainland only, unless more is configured', () => {
  expect([isAllowedPrefix('+8613800138000'), isAllowedPrefix('+85291234567'), isAllowedPrefix('+85291234567', ['+86', '+852'])]).toEqual([true, false, true])
  expect([isMainlandMobile('+8613800138000'), isMainlandMobile('+85291234567'), isMainlandMobile('13800138000')]).toEqual([true, false, false])
})

test.each([
  ['liming@example.com', 'liming@example.com'],
  ['  Li.Ming+Tag@Sub.Example.COM ', 'li.ming+tag@sub.example.com'],
  ["o'neil_1@a-b.cn", "o'neil_1@a-b.cn"],
])('the address %j is counted and written to as %s', (typed, address) => {
  expect(normalizeEmail(typed)).toBe(address)
})

test.each([
  ['a line break', 'a@b.cn\r\nBcc: c@d.cn'], ['a line break at the end', 'a@b.cn\n'], ['NUL', 'a@b.cn\0'], ['a list', 'a@b.cn,c@d.cn'], ['a list with semicolon', 'a@b.cn;c@d.cn'],
  ['a quoted name', '"a b"@b.cn'], ['a comment', 'a(x)@b.cn'], ['a display name', 'Li <a@b.cn>'], ['brackets', '<a@b.cn>'],
  ['an IP literal', 'a@[127.0.0.1]'], ['an IP number', 'a@127.0.0.1'], ['no dot', 'a@localhost'], ['no domain', 'a@'], ['no name', '@b.cn'], ['two at signs', 'a@b@c.cn'],
  ['an empty label', 'a@b..cn'], ['a dot at the end', 'a@b.cn.'], ['a dot in front', '.a@b.cn'], ['two dots', 'a..b@c.cn'], ['a hyphen at the edge', 'a@-b.cn'],
  ['a blank inside', 'a b@c.cn'], ['other letters', 'а@b.cn'], ['a hidden character', 'a\u200B@b.cn'], ['a route', '@x.cn:a@b.cn'], ['percent routing is no second address', 'a%b.cn@'],
  ['65 characters', `${'a'.repeat(60)}@b.cn`],
])('%s is no plain address', (_, typed) => {
  expect(normalizeEmail(typed)).toBeUndefined()
})

test('whatever is typed, an address that passes is one word with one at sign, and normalising it again changes nothing', () => {
  fc.assert(fc.property(fc.oneof(fc.emailAddress(), fc.string(), fc.stringMatching(/^[a-zA-Z.@"<>, -]{0,40}$/)), (typed) => {
    const address = normalizeEmail(typed)
    if (address === undefined) return
    expect(address).toMatch(/^[^\s@,;:<>()[\]"\\]+@[a-z0-9.-]+$/)
    expect(normalizeEmail(address)).toBe(address)
  }))
})

test('50 KiB of hostile text costs less than 50 ms', () => {
  const hostile = ['1', '+86 ', '０', 'a.', '@', 'a@', 'a-', '-.', ' ', '\u202D', '\u0301'].map((piece) => piece.repeat(51_200 / piece.length))
  const started = performance.now()
  for (const text of hostile) expect([normalizeMobile(text), normalizeEmail(text)]).toEqual([undefined, undefined])
  expect(performance.now() - started).toBeLessThan(50)
})
