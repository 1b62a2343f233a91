import { expect, test } from 'vitest'
import { changedLines, fillFrom, type Read, whyNotReady } from './company-form.ts'

const data = { name: '深圳云港', address: '旧港路1号', representative: '沈若溪', industry: '', phone: '', website: '' }
const read: Read = { name: '深圳云港数据', creditCode: '91440300MA5DEMQ1X9', address: null, representative: '陈一航' }
const ownCode = '91440300MA5DEMQ1X9'

test('a change lists what differs, in the order of the page; blanks around a text are none', () => {
  expect(changedLines(data, { ...data, phone: '0755', name: ' 深圳云港 ', address: '新港路2号 ' })).toEqual([{ key: 'address', before: '旧港路1号', after: '新港路2号' }, { key: 'phone', before: '', after: '0755' }])
})

test('a licence fills what was read, leaves what the person typed, and says what could not be read', () => {
  expect(fillFrom(read, (key) => key === 'representative')).toEqual({ fill: [{ key: 'name', value: '深圳云港数据' }], unread: ['address'] })
})

test.each([
  ['nothing was changed', {}, { at: 'none' as const }, 'unchanged'],
  ['a file is on its way', { phone: '1' }, { at: 'sending' as const }, 'wait'],
  ['the company is renamed without a new licence', { name: '新名' }, { at: 'none' as const }, 'licence_first'],
  ['the licence is that of another company', { name: '新名' }, { at: 'sent' as const, answer: { read: { ...read, creditCode: '91330106MA2B1K2L6F' } } }, 'other_code'],
  ['a new licence alone came', {}, { at: 'sent' as const, answer: { read } }, undefined],
  ['the code on the licence could not be read', { name: '新名' }, { at: 'sent' as const, answer: { read: { ...read, creditCode: null } } }, undefined],
  ['a field was changed', { phone: '1' }, { at: 'none' as const }, undefined],
] as const)('when %s, the change is ready or says why not', (_, change, licence, why) => {
  expect(whyNotReady({ lines: changedLines(data, { ...data, ...change }), ownCode, licence })).toBe(why)
})
