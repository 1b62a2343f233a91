import { expect, test } from 'vitest'
import { budgets, fontsIn, weigh } from './bundle-budget.mjs'

const manifest = {
  'index.html': { file: 'entry.js', isEntry: true, imports: ['_react.js'], css: ['entry.css'], dynamicImports: ['src/features/sign-in/SignInPage.tsx'] },
  '_react.js': { file: 'react.js' },
  '_table.js': { file: 'table.js', css: ['table.css'] },
  'src/i18n/zh-CN/core.ts': { file: 'zh-core.js', isDynamicEntry: true },
  'src/i18n/en-US/core.ts': { file: 'en-core.js', isDynamicEntry: true },
  'src/i18n/en-US/frame.ts': { file: 'en-frame.js', isDynamicEntry: true },
  'src/i18n/en-US/rest.ts': { file: 'en-rest.js', isDynamicEntry: true },
  'src/layout/AppLayout.tsx': { file: 'layout.js', isDynamicEntry: true, imports: ['_react.js'], css: ['layout.css'] },
  'src/features/sign-in/SignInPage.tsx': { file: 'sign-in.js', isDynamicEntry: true, imports: ['_react.js'] },
  'src/features/customers/CustomersPage.tsx': { file: 'customers.js', isDynamicEntry: true, imports: ['_table.js', '_react.js'] },
  'src/i18n/zh-CN/customer.ts': { file: 'zh-customer.js', isDynamicEntry: true },
  'src/features/invite-page/InvitePage.tsx': { file: 'invite.js', isDynamicEntry: true, imports: ['_react.js'] },
  'src/features/funds/FundsPage.tsx': { file: 'funds.js', isDynamicEntry: true, imports: ['_table.js'] },
}
const bytes: Record<string, number> = {
  'entry.js': 1000,
  'react.js': 50_000,
  'table.js': 7000,
  'zh-core.js': 30,
  'en-core.js': 20,
  'en-frame.js': 500,
  'en-rest.js': 80,
  'layout.js': 3000,
  'sign-in.js': 4,
  'customers.js': 5,
  'funds.js': 6,
  'invite.js': 9,
  'zh-customer.js': 70,
  'entry.css': 100,
  'table.css': 20,
  'layout.css': 3,
}
const weights = (sizes: Record<string, number> = {}) => weigh(manifest, (file: string) => sizes[file] ?? bytes[file] ?? 0, 1)
const bytesOf = (name: string) => weights().find((line: { name: string }) => line.name === name)?.bytes

test('the sign-in page weighs its own code, what it shares and the heavier of the two languages', () => {
  expect(bytesOf('sign-in')).toBe(1 + 1000 + 50_000 + 30 + 4)
})

test('the customer list also weighs the frame around it and their texts', () => {
  expect(bytesOf('customer list')).toBe(1 + 1000 + 50_000 + 30 + 500 + 3000 + 7000 + 5)
  expect(bytesOf('first load')).toBe(123)
})

test('a later page weighs only what nobody has loaded before it, with the texts that the list did without', () => {
  expect(bytesOf('Funds, added')).toBe(7000 + 6 + 80)
})

test('a page for customers is weighed whole, with its own texts and without the frame', () => {
  expect(bytesOf('Invite, whole')).toBe(1 + 1000 + 50_000 + 30 + 70 + 9)
  expect(bytesOf('Invite, added')).toBeUndefined()
})

test('a page that grew beyond its budget is told apart', () => {
  const tooLarge = weights({ 'funds.js': 60_000 }).filter((line: { bytes: number; limit: number }) => line.bytes > line.limit)
  expect(tooLarge).toMatchObject([{ name: 'Funds, added', limit: budgets.laterRoute }])
})

test('a build without the pages to be measured is refused rather than found light', () => {
  expect(() => weigh({ 'index.html': { file: 'entry.js', isEntry: true } }, () => 0, 0)).toThrow('cannot be told')
})

test('a font in the build is found', () => {
  expect(fontsIn({ 'src/a.woff2': { file: 'assets/a.woff2' }, 'index.html': { file: 'entry.js', assets: ['assets/b.ttf'] } })).toEqual(['assets/a.woff2', 'assets/b.ttf'])
})
