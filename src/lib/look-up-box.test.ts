import { expect, test } from 'vitest'
import { lookupOf, lookupText } from './look-up-box.ts'

test.each([
  ['海岚', { name: '海岚' }], ['hai@lan.cn', { email: 'hai@lan.cn' }], [' 138 0013 8000 ', { mobile: '138 0013 8000' }], ['+86–138–0013–8000', { mobile: '+86–138–0013–8000' }],
  ['８０００', { mobile: '８０００' }], ['123', { name: '123' }], ['h@', { name: 'h@' }], ['', undefined], ['   ', undefined],
])('what is typed into the look-up box as %j is looked up as %j, and stays in the box', (text, lookup) => {
  expect(lookupOf(text)).toEqual(lookup)
  expect(lookupText(lookup)).toBe(text.trim())
})
