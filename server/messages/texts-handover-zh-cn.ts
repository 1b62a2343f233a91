import type { HandoverTold, MessageText, NewManagerTold } from './wording.ts'

const sign = '【伙伴中心】'

/** OG-06 in Chinese. */
export function handover({ from, to, day, count, state }: HandoverTold): MessageText {
  const what = `${from}的 ${count} 个客户`
  const deed = { planned: `${what}将于 ${day} 移交给${to}`, cancelled: `原定于 ${day} 将${what}移交给${to}的计划已取消`, done: `${what}已移交给${to}` }[state]
  const effect = state === 'cancelled' ? '客户仍归原客户经理，没有变化。' : `${day} 当天及以前的消费和业绩计入${from}，此后计入${to}（北京时间）。`
  return { sms: `${sign}${deed}。`, subject: { planned: '客户移交计划', cancelled: '客户移交已取消', done: '客户已移交' }[state], mail: `${deed}。\n\n${effect}` }
}

/** OG-07 in Chinese. */
export function newManager({ partner }: NewManagerTold): MessageText {
  const deed = `您在${partner}的客户经理已变更`
  return { sms: `${sign}${deed}。`, subject: '您的客户经理变更', mail: `${deed}。\n\n登录后可在“我的伙伴”中查看新的联系人。您的账号、资源和费用不受影响。` }
}
