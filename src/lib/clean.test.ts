import { expect, test } from 'vitest'
import { cleanCode, cleanNumber } from './clean.ts'

test.each(['13812345678', ' 138 1234 5678 ', '+86 138-1234-5678', '008613812345678', '１３８１２３４５６７８', '(+86)13812345678', '\u202d13812345678\u202c'])('the number %s is read as it was meant', (text) => {
  expect(cleanNumber(text)).toBe('13812345678')
})

test('a name is not turned into a number, and digits are not lost', () => {
  expect(cleanNumber('yunhai_92')).toBe('yunhai_92')
  expect(cleanNumber('8613812345678')).toBe('8613812345678')
})

test.each([['123 456', '123456'], ['１２３４５６', '123456'], ['code: 123456.', '123456'], ['12345678', '123456'], [' 482-013\n', '482013'], ['4820', '4820'], ['abc', '']])('the code %s is read as %s', (text, code) => {
  expect(cleanCode(text)).toBe(code)
})
