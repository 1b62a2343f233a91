import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { startTexts } from '#src/i18n/i18n.ts'
import { Eye } from './Eye.tsx'
import type { Reveal } from './use-reveal.ts'

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
})
afterEach(cleanup)

const label = { masked: 'Show Mobile', busy: 'busy', shown: (seconds: number) => `hidden again in ${seconds} s` }
const nothing = () => undefined
// What useNow gives: the second that began before the value came.
const seen = (now: number): Reveal => ({ mayReveal: true, isAnyShown: true, now, find: nothing, show: nothing, hide: nothing, hideAll: nothing })

test('whoever has just revealed a value reads 60 seconds, and never more', () => {
  const { rerender } = render(<Eye label={label} reveal={seen(1_000_000)} state="shown" hideAt={1_060_900} onShow={nothing} onHide={nothing} />)
  expect(screen.getByRole('button', { pressed: true }).getAttribute('aria-label')).toBe('hidden again in 60 s')
  rerender(<Eye label={label} reveal={seen(1_050_000)} state="shown" hideAt={1_060_900} onShow={nothing} onHide={nothing} />)
  expect(screen.getByRole('button', { pressed: true }).getAttribute('aria-label')).toBe('hidden again in 11 s')
})
