import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { Masked } from '#contract/masked.ts'
import { type Prospect, ReportCause, ReviewCause } from '#contract/prospects.ts'
import { loadRest, startTexts, switchLanguage } from '#src/i18n/i18n.ts'
import { type Finding, ReportResult } from './ReportResult.tsx'

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadRest()
})
afterEach(cleanup)

const desk = { blocked: null, mailBlocked: null, types: ['RESALE' as const], manager: { name: 'Su', mobile: '+8610090010001', email: 'su@vendor.example' }, maySend: true, mayReport: true, mayLink: true }
const report = { submit: () => undefined, isBusy: false, error: undefined, outcome: 'known' as const, askAgain: () => undefined, unfinished: undefined, reset: () => undefined }
const prospect: Prospect = {
  id: 'p', nameMasked: Masked.parse('云海***公司'), mobileMasked: Masked.parse('138****5678'), emailMasked: null, state: 'REPORTED', cause: null, cure: null, rejectReason: null,
  reportedAt: '2026-11-20T06:00:00.000Z', expiresAt: '2026-12-05T06:00:00.000Z', lastInvitation: null, manager: null, reporter: { id: 'm', nameMasked: Masked.parse('张**') }, customer: null, inviteAt: null,
}
const show = (finding: Finding, onReview: (reason: string) => void = () => undefined) => render(<MemoryRouter><ReportResult finding={finding} desk={desk} report={report} onReview={onReview} /></MemoryRouter>)
const words = () => document.body.textContent ?? ''

describe.each(['zh-CN', 'en-US'] as const)('in %s', (locale) => {
  test.each(ReportCause.options)('%s is told as a cause and as what to do next', async (cause) => {
    await switchLanguage(locale)
    show({ result: 'refused', cause })
    expect(document.activeElement?.tagName).toBe('H3')
    expect(words()).not.toMatch(/development\.|_/)
    expect(words().length).toBeGreaterThan(20)
  })
  test.each(ReviewCause.options)('%s offers the manual review with its reason', async (cause) => {
    await switchLanguage(locale)
    show({ result: 'review_offered', cause })
    expect(words()).not.toMatch(/development\.|_/)
    expect(screen.getByRole('textbox').getAttribute('aria-required')).toBe('true')
  })
})

test('whoever may ask the vendor sees whom, but nobody does for what they can do themself', async () => {
  await switchLanguage('en-US')
  show({ result: 'refused', cause: 'REPORTED_BY_OTHER' })
  expect(screen.getByRole('link', { name: 'su@vendor.example' }).getAttribute('href')).toBe('mailto:su@vendor.example')
  cleanup()
  show({ result: 'refused', cause: 'OWN_DUPLICATE' })
  expect(screen.queryByRole('link')).toBeNull()
})

test('a report tells how long it holds, and whether a mail was sent', () => {
  show({ result: 'reported', prospect, invitationNumber: 'IV1' })
  expect(words()).toContain('before 2026-12-05 14:00:00 (GMT+08:00)')
  expect(words()).toContain('number IV1')
  cleanup()
  show({ result: 'reported', prospect, invitationNumber: null })
  expect(words()).toContain('No invitation was sent.')
})

test('a review is handed in only with a reason', () => {
  const onReview = vi.fn<(reason: string) => void>()
  show({ result: 'review_offered', cause: 'OTHER_COUNTRY' }, onReview)
  const hand = () => { const form = document.querySelector('form'); if (form) fireEvent.submit(form) }
  fireEvent.change(screen.getByRole('textbox'), { target: { value: '  ' } })
  hand()
  expect(onReview).not.toHaveBeenCalled()
  expect(words()).toContain('Enter Reason')
  fireEvent.change(screen.getByRole('textbox'), { target: { value: ' long-standing customer ' } })
  hand()
  expect(onReview).toHaveBeenCalledWith('long-standing customer')
})
