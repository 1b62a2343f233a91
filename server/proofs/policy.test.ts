import { expect, test } from 'vitest'
import { movesFunds, PartnerType } from '#contract/people.ts'
import { confirmationOf } from './policy.ts'

test.each(PartnerType.options)('people of a partner of the type %s are offered to move money exactly where the server lets them', (type) => {
  for (const operation of ['funds.allocate', 'funds.reclaim'] as const) {
    expect(confirmationOf(operation, { type, verificationOn: true, requiredOperations: [] }) !== undefined).toBe(movesFunds(type))
  }
})
