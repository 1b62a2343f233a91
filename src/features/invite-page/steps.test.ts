import { describe, expect, test } from 'vitest'
import { emptyDraft, firstPlace, type Place, placeAfter, placeBefore, placeOfRefusal, type Situation, stepsOf, wrongIn } from './steps.ts'

const desk: Situation = { via: 'link', associationType: 'RESALE', isPhone: false, wasSignedIn: false }
const phone: Situation = { ...desk, isPhone: true }
const typed = { ...emptyDraft, accountName: 'yunhai_92', mobile: '13812345678', code: '123456', password: 'long enough', again: 'long enough', mayUseMobile: true }

describe('the order of the steps', () => {
  test('somebody new reads the notice, chooses, fills one form and agrees', () => {
    expect(stepsOf(desk, 'register')).toEqual(['notice', 'choice', 'account', 'agreements'])
  })
  test('on a phone the number and the password stand apart, and nothing is chosen', () => {
    expect(stepsOf(phone, 'register')).toEqual(['notice', 'number', 'password', 'agreements'])
  })
  test('on a phone a referral begins with the number: its notice comes with the agreements', () => {
    expect(firstPlace({ ...phone, associationType: 'REFERRAL' })).toEqual({ way: 'register', step: 'number' })
  })
  test('an account that exists is signed in after the hint', () => {
    expect(stepsOf(desk, 'sign-in')).toEqual(['notice', 'choice', 'hint', 'sign-in', 'agreements'])
  })
  test('a mail invitation also wants a code to the account’s own number, whoever is signed in', () => {
    expect(stepsOf({ ...desk, via: 'mail' }, 'sign-in')).toEqual(['notice', 'choice', 'hint', 'sign-in', 'own-code', 'agreements'])
    expect(stepsOf({ ...phone, via: 'mail', wasSignedIn: true }, 'signed-in')).toEqual(['notice', 'choice', 'hint', 'own-code', 'agreements'])
  })
  test('whoever is signed in may choose that account on a phone, too', () => {
    expect(stepsOf({ ...phone, wasSignedIn: true }, 'register')).toContain('choice')
  })
})

describe('going on and back', () => {
  test('back undoes next, on every way', () => {
    for (const situation of [desk, phone, { ...desk, via: 'mail' as const }]) {
      let place = firstPlace(situation)
      for (const step of stepsOf(situation, 'register').slice(1)) {
        const next: Place = placeAfter(situation, place)
        expect(next.step).toBe(step)
        expect(placeBefore(situation, next)).toEqual(place)
        place = next
      }
    }
  })
  test('there is no way back from the first step', () => {
    expect(placeBefore(desk, firstPlace(desk))).toBeUndefined()
  })
  test('whoever said on a phone to have an account comes back to registering', () => {
    expect(placeBefore(phone, { way: 'sign-in', step: 'hint' })).toEqual({ way: 'register', step: 'number' })
  })
})

describe('what has to be corrected', () => {
  test('nothing is wrong with a form that is filled in', () => {
    for (const step of ['account', 'number', 'password', 'own-code', 'notice'] as const) expect(wrongIn(typed, step, true)).toEqual({})
  })
  test('everything that is missing is named at once', () => {
    expect(Object.keys(wrongIn(emptyDraft, 'account', false))).toEqual(['accountName', 'mobile', 'code', 'password'])
    expect(Object.keys(wrongIn(emptyDraft, 'number', false))).toEqual(['mobile', 'code', 'mayUseMobile'])
  })
  test('without a code that was sent one is asked to get it first', () => {
    expect(wrongIn({ ...typed, code: '' }, 'number', false)).toEqual({ code: { key: 'code.get_first' } })
    expect(wrongIn({ ...typed, code: '12345' }, 'number', true)).toEqual({ code: { key: 'code.wrong' } })
  })
  test('a short password is said before two that differ', () => {
    expect(wrongIn({ ...typed, password: 'short', again: 'other' }, 'password', true)).toEqual({ password: { key: 'password_short' } })
    expect(wrongIn({ ...typed, again: 'long enougj' }, 'password', true)).toEqual({ again: { key: 'password_different' } })
  })
})

describe('what the server refuses at the end', () => {
  const wrongCode = { code: 'code_wrong', detail: 'Wrong code. 4 attempts left.' }
  test('a wrong code leads back to the step where it was typed', () => {
    expect(placeOfRefusal(wrongCode, { way: 'register' }, desk)).toEqual({ step: 'account', problems: { code: { text: wrongCode.detail } } })
    expect(placeOfRefusal(wrongCode, { way: 'register' }, phone)?.step).toBe('number')
    expect(placeOfRefusal(wrongCode, { way: 'sign-in' }, phone)?.step).toBe('own-code')
  })
  test('a common password leads back to the password', () => {
    const weak = { code: 'invalid_input', detail: '', fields: [{ path: 'password', code: 'password', message: 'Too common.' }] }
    expect(placeOfRefusal(weak, { way: 'register' }, phone)).toEqual({ step: 'password', problems: { password: { text: 'Too common.' } } })
    expect(placeOfRefusal(weak, { way: 'register' }, desk)?.step).toBe('account')
  })
  test('a taken name is said at the name', () => {
    expect(placeOfRefusal({ code: 'account_taken', detail: 'Taken.' }, { way: 'register' }, desk)?.problems).toEqual({ accountName: { text: 'Taken.' } })
  })
  test('what concerns no field stays where it is', () => {
    expect(placeOfRefusal({ code: 'busy', detail: '' }, { way: 'register' }, desk)).toBeUndefined()
    expect(placeOfRefusal({ code: 'invalid_input', detail: '', fields: [{ path: 'token', code: 'token', message: '' }] }, { way: 'register' }, desk)).toBeUndefined()
  })
})
