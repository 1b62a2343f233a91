import { cleanup, render, screen } from '@testing-library/react'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { Masked } from '#contract/masked.ts'
import { loadRest, startTexts, switchLanguage } from '#src/i18n/i18n.ts'
import { AssignConfirm } from './AssignConfirm.tsx'
import type { Present } from './use-assign.ts'

beforeAll(async () => {
  document.documentElement.lang = 'zh-CN'
  await startTexts()
  await loadRest()
})
afterEach(cleanup)

const act = { submit: () => undefined, isBusy: false, error: undefined, outcome: 'known' as const, askAgain: () => undefined, unfinished: undefined, reset: () => undefined }
const customer = (number: string, manager: string | null): Present => ({ id: number, number, nameMasked: Masked.parse('云海***公司'), manager: manager === null ? null : { id: manager, nameMasked: Masked.parse(manager) } })
const show = (rows: readonly Present[], refused: readonly { row: Present; reason: string }[] = []) => render(
  <MemoryRouter><AssignConfirm rows={rows} manager="李*" countsFrom="2026-11-21" countsTo="2026-11-20" assign={{ act, submit: () => undefined, refused: [...refused], rest: [] }} /></MemoryRouter>)
const words = () => document.body.textContent ?? ''

test.each([['zh-CN', '开始计入日', '原客户经理计至'], ['en-US', 'First counting day', 'Old manager counts until']] as const)('whoever assigns in %s reads the first day that counts, and for a change also the last one of the old manager', async (locale, first, last) => {
  await switchLanguage(locale)
  show([customer('2081458841', null)])
  expect(words()).toContain(first)
  expect(words()).toContain('2026-11-21')
  expect(screen.getByText(/^1 .*李\*$/)).toBeTruthy()
  expect(words()).not.toContain(last)
  cleanup()
  show([customer('2081458841', '张**')])
  expect(words()).toContain(last)
  expect(screen.getByRole('row', { name: /208145 8841 张\*\* 李\*/ })).toBeTruthy()
  expect(words()).not.toMatch(/assignments\./)
})

test('refused customers are read out one by one with their reasons', () => {
  const row = customer('2081458841', null)
  show([row], [{ row, reason: 'Already assigned' }])
  expect(screen.getByRole('alert').textContent).toContain('2081458841')
  expect(screen.getByRole('alert').textContent).toContain('Already assigned')
  expect(document.activeElement).toBe(screen.getByRole('alert'))
})
