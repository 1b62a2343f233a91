import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { useForm } from 'react-hook-form'
import { afterEach, beforeAll, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { startTexts } from '#src/i18n/i18n.ts'
import { checkWith } from './check-with.ts'
import { Field } from './Field.tsx'
import { fieldMessage } from './form-error.ts'
import { TextInput } from './TextInput.tsx'

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
})
afterEach(cleanup)

const schema = z.object({ tag: z.string().check(z.maxLength(3, 'tag')) })

function Form() {
  const form = useForm({ resolver: checkWith(schema), defaultValues: { tag: '' } })
  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit(() => undefined)(event)}>
      <Field control={form.control} name="tag" label="Tag" hint="Shown in lists" isRequired>{(input) => <TextInput {...input} />}</Field>
      <button type="submit">Save</button>
    </form>
  )
}
const field = () => screen.getByRole('textbox', { name: 'Tag' })

test('the label names the field exactly, and the hint describes it', () => {
  render(<Form />)
  expect(field().getAttribute('aria-required')).toBe('true')
  expect(document.getElementById(field().getAttribute('aria-describedby') ?? '')?.textContent).toBe('Shown in lists')
})

test('a refused value is said at the field, in words, and the field takes the focus', async () => {
  render(<Form />)
  fireEvent.change(field(), { target: { value: 'too long' } })
  fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(field().getAttribute('aria-invalid')).toBe('true'))
  expect(document.getElementById(field().getAttribute('aria-describedby') ?? '')?.textContent).toBe('A tag has at most 64 characters')
  expect(document.activeElement).toBe(field())
})

test('a value that the server calls wrong is told with the name of its field', () => {
  expect(fieldMessage('invalid', 'Mobile')).toBe('Mobile is not right')
  expect([fieldMessage('', 'Mobile'), fieldMessage('missing', 'Mobile')]).toEqual(['Enter Mobile', 'Enter Mobile'])
  expect(fieldMessage('tag', 'Tag')).toBe('A tag has at most 64 characters')
})
