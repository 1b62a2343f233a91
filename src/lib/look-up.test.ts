import { expect, test } from 'vitest'
import { emailOrLast4, mobileOrLast4 } from './look-up.ts'

test.each(['6688', '１２３４', '138 1234 5678', '+86 138-1234-5678', '008613812345678', '+852 2345 6789'])('somebody may look up the mobile %j', (text) => expect(mobileOrLast4(text)).toBeUndefined())
test.each(['668', '66888', '138****5678', 'abcd', ''])('%j is no mobile and no last four digits', (text) => expect(mobileOrLast4(text)).toBe('last4_or_full'))
test.each(['li@example.com', ' .com ', 'le.x'])('somebody may look up the mail %j', (text) => expect(emailOrLast4(text)).toBeUndefined())
test.each(['li', 'example.com', 'a b@example.com', 'l***@'])('%j is no mail address and no last four characters', (text) => expect(emailOrLast4(text)).toBe('last4_or_full'))
