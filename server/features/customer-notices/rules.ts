import type { NoticeTemplate, NoticeTopic } from '#contract/company.ts'

const topics = ['balance', 'expiry', 'security', 'product'] as const satisfies readonly NoticeTopic[]
type Channels = NoticeTemplate[NoticeTopic]
type Settled = { isTakenOver: boolean; template: NoticeTemplate }

/** @returns the channels that are on, as a key: `sms_email`, `none`. */
export const channelsKey = ({ sms, email, inApp }: Channels): string => [sms && 'sms', email && 'email', inApp && 'in_app'].filter((name) => name !== false).join('_') || 'none'

/** @returns the topics whose channels differ. */
export const changedTopics = (before: NoticeTemplate, after: NoticeTemplate): NoticeTopic[] => topics.filter((topic) => channelsKey(before[topic]) !== channelsKey(after[topic]))

export const isSame = (before: Settled, after: Settled): boolean => before.isTakenOver === after.isTakenOver && changedTopics(before.template, after.template).length === 0
