import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isMask, maskAccountNumber, maskAddress, maskCompany, maskEmail, maskMobile, maskName } from './mask.ts'

const count = (text: string) => [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)].length
const shown = (text: string) => count(text.replace(/[*\s]/g, ''))

test.each([
  ['13800138000', '138****8000'], ['+8613800138000', '138****8000'], ['0086 138-0013-8000', '138****8000'], ['13812345678', '138****5678'], ['+8610012345678', '100****5678'],
  ['１３８００１３８０００', '138****8000'], ['+852 91234521', '+852 ******21'], ['+85291234521', '+852 ******21'], ['+1 2125550123', '+1 ********23'],
  ['+862112345678', '+86 ********78'], ['12345', '*****'], ['110', '****'], ['', ''], ['138****8000', '138****8000'],
])('the phone number %s is shown as %s', (value, masked) => expect(maskMobile(value)).toBe(masked))

test.each([
  ['liming@example.com', 'l***@example.com'], ['a@b.cn', '***@b.cn'], ['li.ming+tag@sub.example.com', 'l***@sub.example.com'], ['li@example.com', 'l***@example.com'],
  ['"a@b"@example.com', '"***@example.com'], ['@example.com', '***@example.com'], ['nobody', 'n***'], ['', ''], ['l***@example.com', 'l***@example.com'],
])('the mail address %s is shown as %s', (value, masked) => expect(maskEmail(value)).toBe(masked))

test.each([
  ['张三', '张*'], ['张三丰', '张**'], ['欧阳娜娜', '欧***'], ['李', '*'], ['Li Ming', 'L***'], ['Li', 'L***'], ['L', '*'], ['王Tom', '王***'], ['𠮷田一郎', '𠮷***'],
  ['Élodie', 'É***'], ['E\u0301lodie', 'É***'], ['阿不都热合曼·买买提', '阿***'], ['👨‍👩‍👧张三', '👨‍👩‍👧**'], ['محمد علي', 'م***'], [' 张三 ', '张*'], ['', ''], ['张**', '张**'],
])('the personal name %s is shown as %s', (value, masked) => expect(maskName(value)).toBe(masked))

test.each([
  ['云海科技有限公司', '云海***公司'], ['云海科技公司', '云海***司'], ['云海科技股公司', '云海***司'], ['云海科技', '云***'], ['云海', '云***'], ['云', '*'], ['Acme Ltd', 'Ac***td'],
  ['𠮷田𠮷田科技公司', '𠮷田***公司'], ['', ''], ['云海***公司', '云海***公司'],
])('the company %s is shown as %s', (value, masked) => expect(maskCompany(value)).toBe(masked))

test.each([
  ['6222 0000 0000 8841', '**** 8841'], ['622200008841', '**** 8841'], ['123456', '**** 456'], ['12', '**** 2'], ['1', '****'], ['', ''], ['**** 8841', '**** 8841'],
])('the bank account %s is shown as %s', (value, masked) => expect(maskAccountNumber(value)).toBe(masked))

test.each([
  ['广东省深圳市龙岗区坂田街道1号', '广东省深圳市***'], ['北京市朝阳区建国路甲1号', '北京市***'], ['新疆维吾尔自治区伊犁哈萨克自治州伊宁市解放西路中段一百二十号大楼三层三零六室', '新疆维吾尔自治区伊犁哈萨克自治州***'],
  ['广东省深圳市', '广东省***'], ['12 High Street', '***'], ['', ''], ['广东省深圳市***', '广东省深圳市***'],
])('the address %s is shown as %s', (value, masked) => expect(maskAddress(value)).toBe(masked))

const masks = { maskName, maskCompany, maskMobile, maskEmail, maskAccountNumber, maskAddress }

describe.each(Object.entries(masks))('%s', (_name, mask) => {
  test('nothing stays nothing', () => expect(mask(null)).toBeNull())

  test('a mask masked again does not change', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      expect(mask(mask(value))).toBe(mask(value))
    }))
  })

  test('a value that is not empty never comes back whole', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }).filter((value) => value.trim() !== ''), (value) => {
      expect(isMask(mask(value))).toBe(true)
    }))
  })
})

test('no mask of a name, a company, a bank account or an address shows more than half, nor breaks a character', () => {
  fc.assert(fc.property(fc.constantFrom(maskName, maskCompany, maskAccountNumber, maskAddress), fc.string({ unit: 'grapheme-composite', minLength: 1 }), (mask, value) => {
    fc.pre(!isMask(value) && value.trim() !== '')
    expect(shown(mask(value))).toBeLessThanOrEqual(Math.floor(count(value.normalize('NFC').trim()) / 2))
    expect(mask(value)).not.toMatch(/\p{Surrogate}/u)
  }))
})

test('no mask of a phone number shows more than seven digits or hides fewer than four', () => {
  fc.assert(fc.property(fc.constantFrom('', '+', '+86', '+852', '+1', '+44', '0086'), fc.stringMatching(/^\d{1,15}$/), (prefix, digits) => {
    const masked = maskMobile(prefix + digits)
    expect(masked.replace(/\D/g, '').length).toBeLessThanOrEqual(7)
    expect(masked.replace(/[^*]/g, '').length).toBeGreaterThanOrEqual(4)
  }))
})

test('no mask of a mail address shows more than one character before the @', () => {
  fc.assert(fc.property(fc.emailAddress().filter((address) => !isMask(address)), (address) => {
    expect(maskEmail(address)).toMatch(/^.?\*\*\*@/u)
    expect(maskEmail(address).split('@')[1]).toBe(address.split('@')[1])
  }))
})
