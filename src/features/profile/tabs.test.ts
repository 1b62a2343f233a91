import { expect, test } from 'vitest'
import type { Permission } from '#contract/people.ts'
import { mayOpen, profileTabs } from './tabs.ts'

const administrator: Permission[] = ['partner.settings', 'profile.notice']
test.each([
  ['an administrator of a provider', administrator, 'CSP', ['company', 'account', 'messages', 'customer-notices', 'customer-bills', 'contacts', 'sign-ins']],
  ['an administrator of a reseller', administrator, 'RESELLER', ['company', 'account', 'messages', 'customer-notices', 'contacts', 'budget-quota', 'sign-ins']],
  ['an administrator of a marketplace partner, which sells nothing', administrator, 'MARKETPLACE', ['company', 'account', 'messages', 'contacts', 'sign-ins']],
  ['an operator who may settle messages', ['profile.notice'], 'DISTRIBUTOR', ['company', 'account', 'messages', 'customer-notices', 'customer-bills', 'sign-ins']],
  ['an account manager', [], 'CSP', ['company', 'account', 'messages', 'sign-ins']],
] as const)('%s is offered what they may use', (_, permissions, type, tabs) => expect(profileTabs.filter((tab) => mayOpen(tab, { permissions, type }))).toEqual(tabs))
