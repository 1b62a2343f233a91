import { expect, test } from 'vitest'
import { ContactsForm, isSameContacts, noContact, pathInForm } from './contacts.ts'

const zhou = { name: '周敏', mobile: '13800138000', email: '', remark: '' }
const codes = (contact: Partial<typeof zhou>) => ContactsForm.safeParse({ items: [{ ...noContact, ...contact }] }).error?.issues.map(({ path, message }) => [path.at(-1), message]) ?? []

test('a contact needs a name and one way to be reached', () => {
  expect(codes(zhou)).toEqual([])
  expect(codes({ name: '周敏' })).toEqual([['mobile', 'contact_required']])
  expect(codes({ name: ' ', email: 'zhou@partner.example' })).toEqual([['name', 'required']])
  expect(codes({ ...zhou, remark: 'www.elsewhere.example' })).toEqual([['remark', 'characters']])
})

test('the same people in another order are a change, blanks are none', () => {
  const he = { ...zhou, name: '何安' }
  expect(isSameContacts([zhou, he], [he, zhou])).toBe(false)
  expect(isSameContacts([{ ...zhou, name: '周敏 ' }], [zhou])).toBe(true)
  expect(isSameContacts([zhou], [])).toBe(false)
})

test('a refused field is found again in the form', () => {
  expect(pathInForm('items.3.email')).toBe('items.3.email')
  expect(pathInForm('version')).toBeUndefined()
})
