import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { parseAmount } from '#contract/money.ts'
import { startTexts } from '#src/i18n/i18n.ts'
import { AmountInput } from './AmountInput.tsx'
import { Labelled } from './Labelled.tsx'

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
})
afterEach(cleanup)

function Form({ max }: { max?: string }) {
  const [text, setText] = useState('')
  return <Labelled label="Amount" isRequired>{(wiring) => <AmountInput {...wiring} value={text} onChange={setText} max={max ? parseAmount(max) : undefined} />}</Labelled>
}
const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Amount' })

test.each([[' 12 000.5 ', '12,000.50'], ['¥1,200', '1,200.00'], ['３６，０００', '36,000.00'], ['0.01', '0.01']])('a pasted %j is understood and tidied when the field is left', (pasted, tidy) => {
  render(<Form />)
  fireEvent.change(field(), { target: { value: pasted } })
  expect(screen.getByText(`Amount: ${tidy} CNY`)).toBeTruthy()
  fireEvent.blur(field())
  expect(field().value).toBe(tidy)
})

test.each(['1e5', '-3', '1.234', '12abc', 'abc', '12,50', '1,5'])('what is no amount, or may mean another, stays as typed: %j', (typed) => {
  render(<Form />)
  fireEvent.change(field(), { target: { value: typed } })
  fireEvent.blur(field())
  expect(field().value).toBe(typed)
  expect(screen.queryByText(/^Amount: /)).toBeNull()
})

test('the mouse wheel has nothing to turn', () => {
  render(<Form />)
  expect(field().type).toBe('text')
  expect(field().inputMode).toBe('decimal')
})

test('Max fills the largest amount that would be accepted', () => {
  render(<Form max="3216.40" />)
  fireEvent.click(screen.getByRole('button', { name: 'Max' }))
  expect(field().value).toBe('3,216.40')
})
