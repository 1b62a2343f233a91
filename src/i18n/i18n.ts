import i18next, { type ParseKeys } from 'i18next'
import type { Locale } from '#contract/people.ts'
import { setFormat } from '#src/lib/format.ts'
import { renewTexts } from './use-translation.ts'
import type { confirming as zhConfirming } from './zh-CN/confirming.ts'
import type { core as zhCore } from './zh-CN/core.ts'
import type { couponPages as zhCouponPages } from './zh-CN/coupon-pages.ts'
import type { customer as zhCustomer } from './zh-CN/customer.ts'
import type { forgotten as zhForgotten } from './zh-CN/forgotten.ts'
import type { frame as zhFrame } from './zh-CN/frame.ts'
import type { mySpecialist as zhMySpecialist } from './zh-CN/my-specialist.ts'
import type { partner as zhPartner } from './zh-CN/partner.ts'
import type { people as zhPeople } from './zh-CN/people.ts'
import type { rest as zhRest } from './zh-CN/rest.ts'
import type { unified as zhUnified } from './zh-CN/unified.ts'

type Texts = typeof zhCore & typeof zhFrame & typeof zhRest & typeof zhCustomer & typeof zhForgotten & typeof zhPeople & typeof zhConfirming & typeof zhPartner & typeof zhUnified & typeof zhMySpecialist & typeof zhCouponPages
type Part = 'core' | 'frame' | 'rest' | 'customer' | 'forgotten' | 'people' | 'confirming' | 'partner' | 'mySpecialist' | 'couponPages'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: Texts }
  }
}

/** A key of a text, e.g. `customers.title`. */
export type Key = ParseKeys

const bundles = {
  'zh-CN': { core: async () => (await import('./zh-CN/core.ts')).core, frame: async () => (await import('./zh-CN/frame.ts')).frame, rest: async () => (await import('./zh-CN/rest.ts')).rest, customer: async () => (await import('./zh-CN/customer.ts')).customer, forgotten: async () => (await import('./zh-CN/forgotten.ts')).forgotten, people: async () => (await import('./zh-CN/people.ts')).people, confirming: async () => (await import('./zh-CN/confirming.ts')).confirming, partner: async () => (await import('./zh-CN/partner.ts')).partner, mySpecialist: async () => (await import('./zh-CN/my-specialist.ts')).mySpecialist, couponPages: async () => (await import('./zh-CN/coupon-pages.ts')).couponPages },
  'en-US': { core: async () => (await import('./en-US/core.ts')).core, frame: async () => (await import('./en-US/frame.ts')).frame, rest: async () => (await import('./en-US/rest.ts')).rest, customer: async () => (await import('./en-US/customer.ts')).customer, forgotten: async () => (await import('./en-US/forgotten.ts')).forgotten, people: async () => (await import('./en-US/people.ts')).people, confirming: async () => (await import('./en-US/confirming.ts')).confirming, partner: async () => (await import('./en-US/partner.ts')).partner, mySpecialist: async () => (await import('./en-US/my-specialist.ts')).mySpecialist, couponPages: async () => (await import('./en-US/coupon-pages.ts')).couponPages },
} as const satisfies Record<Locale, Record<Part, () => Promise<object>>>

const needed = new Set<Part>(['core'])
const loaded = new Set<string>()

/** @returns the language the page shows; index.html has decided it before the first paint. */
export const language = (): Locale => (document.documentElement.lang === 'en-US' ? 'en-US' : 'zh-CN')

/** Starts the texts of the present language, only as many as the sign-in page needs. */
export async function startTexts(): Promise<void> {
  await i18next.init({
    lng: language(), fallbackLng: false, resources: {}, interpolation: { escapeValue: false }, returnNull: false,
  })
  i18next.on('languageChanged', renewTexts)
  i18next.store.on('added', renewTexts)
  setFormat({ locale: language() })
  await load(language(), 'core')
}

/** Loads the texts that stand around every page behind the sign-in, and those of the customer list. */
export const loadFrame = (): Promise<void> => need('frame')

/** Loads all texts. Every page but the customer list waits for it, and so does what opens over the list with texts of its own. */
export async function loadRest(): Promise<void> {
  await Promise.all([need('frame'), need('rest')])
}

/** Loads the texts of the pages for customers, which need none of the console's. */
export const loadCustomerTexts = (): Promise<void> => need('customer')

/** Loads those of project specialists besides. */
export const loadSpecialistTexts = async (): Promise<void> => void await Promise.all([need('customer'), need('mySpecialist')])

/** Loads the texts of the page for a forgotten password. */
export const loadForgottenTexts = (): Promise<void> => need('forgotten')

/** Loads what a page behind the sign-in needs: the texts of all of them, and parts of its own. */
export async function loadTextsOf(...parts: Part[]): Promise<void> {
  await Promise.all([loadRest(), ...parts.map(need)])
}

/** Switches the language without leaving the page; what was typed stays. Only the choice is kept in this browser. */
export async function switchLanguage(next: Locale): Promise<void> {
  await Promise.all([...needed].map((part) => load(next, part)))
  localStorage.setItem('language', next)
  document.documentElement.lang = next
  setFormat({ locale: next })
  await i18next.changeLanguage(next)
}

/** Translates a key that the server sent. @param options `fallback` is shown when this console does not know the key. */
export function translateKey(key: string, options: { fallback: string; count?: number }): string {
  const { fallback, count } = options
  // oxlint-disable-next-line typescript/consistent-type-assertions -- a key made at run time cannot be checked by the compiler; `defaultValue` covers a miss
  return i18next.t(key as Key, { defaultValue: fallback, ...(count !== undefined && { count }) })
}

function need(part: Part): Promise<void> {
  needed.add(part)
  return load(language(), part)
}

async function load(locale: Locale, part: Part): Promise<void> {
  const name = `${locale} ${part}`
  if (loaded.has(name)) return
  const texts: object = await bundles[locale][part]()
  i18next.addResourceBundle(locale, 'translation', texts, true, true)
  loaded.add(name)
}
