import { expect, test } from 'vitest'
import { whyNotSent } from './use-file.ts'

const endings = ['.pdf', '.ofd']
test.each([
  ['an OFD, for which systems know no type', { name: '发票.OFD', size: 1 }, undefined],
  ['a picture', { name: 'invoice.png', size: 1 }, 'wrong_type'],
  ['a file of exactly 5 MB', { name: 'a.pdf', size: 5 * 1024 * 1024 }, undefined],
  ['a larger one', { name: 'a.pdf', size: 5 * 1024 * 1024 + 1 }, 'too_large'],
  ['an empty one', { name: 'a.pdf', size: 0 }, 'empty'],
])('a person is told before anything is sent: %s', (_, file, why) => {
  expect(whyNotSent(file, endings)).toBe(why)
})
