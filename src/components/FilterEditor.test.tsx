import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { startTexts } from '#src/i18n/i18n.ts'
import { byCustomerNumber } from '#src/lib/look-up.ts'
import { FilterEditor } from './FilterEditor.tsx'

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
})
afterEach(cleanup)

const seek = (text: string) => {
  const onChange = vi.fn<(value: string | undefined) => void>()
  render(<FilterEditor filter={{ kind: 'text', key: 'number', label: 'Customer ID', value: undefined, ...byCustomerNumber, onChange }} onDone={() => undefined} />)
  fireEvent.change(screen.getByRole('textbox', { name: 'Customer ID' }), { target: { value: text } })
  fireEvent.click(screen.getByRole('button', { name: 'Apply' }))
  return onChange
}

test('somebody whose keyboard writes full-width digits filters by a customer ID all the same', () => {
  expect(seek(' ２０８１４５　８８４１ ')).toHaveBeenCalledWith('208145 8841')
})

test('a name is no customer ID, and is told so beside the field', () => {
  expect(seek('云海')).not.toHaveBeenCalled()
  expect(screen.getByRole('textbox', { name: 'Customer ID' }).getAttribute('aria-invalid')).toBe('true')
})
