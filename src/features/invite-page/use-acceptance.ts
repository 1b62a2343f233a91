import { useState } from 'react'
import { type Accepted, acceptInvite, customerSignOut, type InviteView, registerByInvite, type sendInviteCode } from '#contract/acceptance.ts'
import { documentsFor } from '#contract/documents.ts'
import type { Answer } from '#contract/endpoint.ts'
import { ApiError, isOutcomeUnknown } from '#src/api/api-error.ts'
import { language } from '#src/i18n/i18n.ts'
import { askAsCustomer, rememberCustomer } from '#src/public/ask-as-customer.ts'
import { useAttempt } from '#src/public/use-attempt.ts'
import { type Draft, emptyDraft, firstPlace, type OpenInvite, type Place, placeAfter, placeBefore, placeOfRefusal, type Problems, type Situation, type Way, wrongIn } from './steps.ts'

/** The code that was sent last, and for which number; undefined is the account's own. */
export type Sent = Answer<typeof sendInviteCode> & { mobile: string | undefined }
export type Customer = { accountName: string; mobile: string | null }
export type End = { at: 'cancelled'; way: Way } | { at: 'accepted'; outcome: Accepted; /** The account that was opened, if one was. */ opened: string | undefined }

type State = { place: Place; draft: Draft; sent: Sent | undefined; problems: Problems; customer: Customer | undefined; end: End | undefined; /** An answer about a new account got lost: it may have been opened. */ mayExist: boolean; /** Counts the steps gone, so that each takes the focus. */ moves: number }

/** The way of a person through the page. @param look reads the invitation again. */
export function useAcceptance(token: string, view: OpenInvite, look: () => Promise<InviteView>) {
  const [situation] = useState<Situation>(() => ({ via: view.via, associationType: view.associationType, isPhone: matchMedia('(max-width: 639px)').matches, wasSignedIn: view.signedIn !== null }))
  const [state, setState] = useState<State>(() => ({ place: firstPlace(situation), draft: emptyDraft, sent: undefined, problems: {}, end: undefined, mayExist: false, moves: 0, customer: customerOf(view) }))
  const attempt = useAttempt()
  const { place, draft } = state
  const before = placeBefore(situation, place)
  const put = (patch: Partial<State>) => setState((now) => ({ ...now, ...patch }))
  const move = (patch: Partial<State>) => setState((now) => ({ ...now, problems: {}, end: undefined, ...patch, moves: now.moves + 1 }))
  const go = (next: Place) => {
    attempt.forget()
    move({ place: next })
  }
  /** What was typed for one account is nothing for another. */
  const startAnew = (next: Place, customer: Customer | undefined) => move({ place: next, customer, sent: undefined, draft: emptyDraft })

  return {
    situation, state, attempt, lookAgain: look,
    type: (patch: Partial<Draft>) => setState((now) => ({ ...now, draft: { ...now.draft, ...patch }, problems: without(now.problems, Object.keys(patch)) })),
    /** A new code voids the one that was typed before it was asked for, not one that was read and typed meanwhile. */
    codeSent: (sent: Sent, typedBefore: string) => setState((now) => ({
      ...now, sent, problems: without(now.problems, ['code', 'mobile']), draft: { ...now.draft, code: now.draft.code === typedBefore ? '' : now.draft.code },
    })),
    refuse: (more: Problems) => setState((now) => ({ ...now, problems: { ...now.problems, ...more } })),
    choose: (way: Way) => go(placeAfter(situation, { way, step: 'choice' })),
    /** Registering on a phone has no choice; whoever has an account says so there. */
    haveAccount: () => go({ way: 'sign-in', step: situation.isPhone && !situation.wasSignedIn ? 'hint' : 'sign-in' }),
    next: () => {
      const wrong = wrongIn(draft, place.step, state.sent !== undefined)
      if (Object.keys(wrong).length > 0) put({ problems: wrong })
      else go(placeAfter(situation, place))
    },
    back: before && (() => go(before)),
    signedIn: (customer: Customer) => startAnew(placeAfter(situation, { way: 'sign-in', step: 'sign-in' }), customer),
    accept: () => attempt.run(async () => {
      try {
        move({ end: await accept(token, view, state, situation) })
      } catch (error) {
        if (place.way === 'register' && isOutcomeUnknown(error)) put({ mayExist: true })
        if (!(error instanceof ApiError)) throw error
        const found = placeOfRefusal(error.failure, place, situation)
        if (found) move({ place: { way: place.way, step: found.step }, problems: found.problems })
        else if (error.failure.code === 'link_closed') await look()
        else if (error.failure.code === 'not_signed_in') startAnew({ way: 'sign-in', step: 'sign-in' }, undefined)
        else throw error
      }
    }),
    cancel: () => move({ end: { at: 'cancelled', way: place.way } }),
    resume: () => move({}),
    /** The account exists by now, whichever way led here. */
    retry: () => attempt.run(async () => {
      const now = await look()
      if (now.state !== 'open') return
      if (now.signedIn) startAnew({ way: 'signed-in', step: now.via === 'mail' ? 'own-code' : 'agreements' }, customerOf(now))
      else startAnew({ way: 'sign-in', step: 'sign-in' }, undefined)
    }),
    otherAccount: () => attempt.run(async () => {
      await askAsCustomer(customerSignOut, {})
      rememberCustomer('')
      startAnew({ way: 'sign-in', step: 'sign-in' }, undefined)
    }),
  }
}
export type Acceptance = ReturnType<typeof useAcceptance>

async function accept(token: string, view: OpenInvite, { place, draft }: State, { isPhone }: Situation): Promise<End> {
  const consent = { documents: documentsFor(view.associationType), language: language() }
  if (place.way !== 'register') {
    const outcome = await askAsCustomer(acceptInvite, { body: { token, ...(view.via === 'mail' && { code: draft.code }), ...consent } })
    return { at: 'accepted', outcome, opened: undefined }
  }
  const { mobile, code, password } = draft
  const { accountName, outcome } = await askAsCustomer(registerByInvite, { body: { token, ...(!isPhone && { accountName: draft.accountName.trim() }), mobile, code, password, ...consent } })
  return { at: 'accepted', outcome, opened: accountName }
}

const customerOf = ({ signedIn }: OpenInvite): Customer | undefined => (signedIn ? { accountName: signedIn.accountNameMasked, mobile: signedIn.mobileMasked } : undefined)
const without = (problems: Problems, names: readonly string[]): Problems => Object.fromEntries(Object.entries(problems).filter(([name]) => !names.includes(name)))
