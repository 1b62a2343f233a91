import { expect, test } from 'vitest'
import { ReportForm, toReport } from './report-form.ts'

const typed: ReportForm = { send: 'yes', type: 'RESALE', name: '青屿数据有限公司', mobile: '139 6666 7777', email: 'li@example.com', managerId: '' }
const problems = (form: ReportForm) => ReportForm.safeParse(form).error?.issues.map((issue) => issue.path.join('.')) ?? []

test('a full form is sent with the invitation, and without what was left empty', () => {
  expect(problems(typed)).toEqual([])
  expect(toReport(typed)).toEqual({ body: { name: '青屿数据有限公司', mobile: '139 6666 7777', email: 'li@example.com', invite: { associationType: 'RESALE' } } })
})

test('who sends nothing needs neither address nor type', () => {
  const form: ReportForm = { ...typed, send: 'no', type: '', email: '' }
  expect(problems(form)).toEqual([])
  expect(toReport(form)).toEqual({ body: { name: '青屿数据有限公司', mobile: '139 6666 7777' } })
})

test('who sends an invitation is asked for address and type', () => expect(problems({ ...typed, type: '', email: ' ' })).toEqual(['email', 'type']))

test.each([
  ['no name', { name: ' ' }, 'name'], ['a link as name', { name: '优惠 www.example.com' }, 'name'], ['a landline', { mobile: '021-66667777' }, 'mobile'], ['no mobile', { mobile: '' }, 'mobile'],
  ['a broken address', { email: 'li@example' }, 'email'],
])('%s is refused at its field', (_, patch, field) => expect(problems({ ...typed, ...patch })).toContain(field))

test.each(['13966667777', '+86 139-6666-7777', '008613966667777', '１３９６６６６７７７７'])('%s is taken as a mobile', (mobile) => expect(problems({ ...typed, mobile })).toEqual([]))

test('the reason of a manual review travels with the same report', () => expect(toReport(typed, '老客户').body).toMatchObject({ mobile: '139 6666 7777', review: { reason: '老客户' } }))
