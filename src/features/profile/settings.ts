import { NoticeTopic, type BillAmounts, type getCustomerBills, type getCustomerNotices } from '#contract/company.ts'
import type { Answer } from '#contract/endpoint.ts'
import type * as z from 'zod/mini'

export type Notices = Answer<typeof getCustomerNotices>
export type Template = Notices['template']
export const channels = ['sms', 'email', 'inApp'] as const satisfies readonly (keyof Template['balance'])[]
export type NoticesDraft = Pick<Notices, 'isTakenOver' | 'template'>

/** @returns whether two templates send the same messages. */
const isSameTemplate = (one: Template, other: Template): boolean => NoticeTopic.options.every((topic) => channels.every((channel) => one[topic][channel] === other[topic][channel]))
export const isSameNotices = (one: NoticesDraft, other: NoticesDraft): boolean => one.isTakenOver === other.isTakenOver && isSameTemplate(one.template, other.template)

/** @returns the kinds of message that would reach nobody. */
export const silentTopics = (template: Template): NoticeTopic[] => NoticeTopic.options.filter((topic) => channels.every((channel) => !template[topic][channel]))

/** @returns what saving the draft does to the customers: `keep` and `none` change nothing for them. */
export function noticesEffect(saved: NoticesDraft, draft: NoticesDraft): 'on' | 'off' | 'change' | 'keep' | 'none' {
  if (draft.isTakenOver !== saved.isTakenOver) return draft.isTakenOver ? 'on' : 'off'
  if (!draft.isTakenOver) return 'none'
  return isSameTemplate(saved.template, draft.template) ? 'keep' : 'change'
}

export type Bills = Answer<typeof getCustomerBills>
export type BillsDraft = { areShown: boolean; amounts: z.infer<typeof BillAmounts> }
export const isSameBills = (one: BillsDraft, other: BillsDraft): boolean => one.areShown === other.areShown && one.amounts === other.amounts

/** @returns what saving the draft does to the customers; `keep…` and `none` change nothing for them. */
export function billsEffect(saved: BillsDraft, draft: BillsDraft): 'show' | 'hide' | 'amounts' | 'none' | 'keep' | 'keep_hidden' {
  if (draft.areShown !== saved.areShown) return draft.areShown ? 'show' : 'hide'
  if (!draft.areShown) return draft.amounts === saved.amounts ? 'keep_hidden' : 'none'
  return draft.amounts === saved.amounts ? 'keep' : 'amounts'
}
