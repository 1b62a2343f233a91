import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { Menu } from './Menu.tsx'

// The menu's code arrives when the test says so, as over a slow network.
const network = vi.hoisted(() => {
  let arrive = (): void => undefined
  const arrival = new Promise<void>((resolve) => { arrive = resolve })
  return { arrival, arrive: () => arrive() }
})
vi.mock('./MenuPopup.tsx', async (original) => {
  await network.arrival
  return await original()
})

afterEach(cleanup)

const draw = (onPress: () => void) => render(
  <Menu label="Columns" items={[{ kind: 'choice', key: 'tag', label: 'Tag', isChosen: false, onPress, isOneOfMany: true }, { kind: 'choice', key: 'type', label: 'Type', isChosen: true, onPress }]}>
    {({ onPress: open, ...trigger }) => <button type="button" {...trigger} onClick={open}>Columns</button>}
  </Menu>,
)
const trigger = () => screen.getByRole('button', { name: 'Columns' })

test('a menu that a person gave up while it was loading does not open over what the person does next', async () => {
  draw(() => undefined)
  for (const giveUp of [() => fireEvent.keyDown(document.body, { key: 'Escape' }), () => fireEvent.pointerDown(document.body)]) {
    fireEvent.click(trigger())
    expect(trigger().getAttribute('aria-expanded')).toBe('true')
    giveUp()
    await waitFor(() => expect(trigger().getAttribute('aria-expanded')).toBe('false'))
  }
  network.arrive()
  fireEvent.click(trigger())
  expect(await screen.findByRole('menu', { name: 'Columns' })).toBeTruthy()
})

test('whoever chooses several columns need not open the menu for each', async () => {
  const chosen = vi.fn<() => void>()
  draw(chosen)
  network.arrive()
  fireEvent.click(trigger())
  fireEvent.click(await screen.findByRole('menuitemcheckbox', { name: 'Tag' }))
  expect(screen.getByRole('menu')).toBeTruthy()
  fireEvent.click(screen.getByRole('menuitemcheckbox', { name: 'Type' }))
  await waitFor(() => expect(screen.queryByRole('menu')).toBeNull())
  expect(chosen).toHaveBeenCalledTimes(2)
})
