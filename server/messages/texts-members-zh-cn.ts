import type { Role } from '#contract/people.ts'
import type { MemberChangedTold, MessageText, SetUpTold } from './wording.ts'

const sign = '【伙伴中心】'
const roleNames: Record<Role, string> = { administrator: '系统管理员', director: '客户经理主管', manager: '客户经理', operator: '操作员' }
const signIn = ({ account, login }: SetUpTold): string => (login === '' ? `登录账号：${account}` : `登录账号：${account}\n成员名：${login}`)
const linkLines = ({ url, until }: SetUpTold): string => (url === null ? '设置密码的链接已发送至您的邮箱，或由系统管理员提供。' : `请通过以下链接设置密码，有效期至 ${until}，仅可使用一次，请勿转发：\n${url}`)

/** OG-01 in Chinese. */
export function firstPassword(told: SetUpTold): MessageText {
  const deed = `${told.by}已为您开通${told.partner}的伙伴中心账号`
  return { sms: `${sign}${deed}。`, subject: '请设置密码', mail: `${deed}。\n\n${signIn(told)}\n\n${linkLines(told)}\n\n如果您不认识${told.partner}，请忽略本邮件。` }
}

/** OG-02 in Chinese. */
export function passwordReset(told: SetUpTold): MessageText {
  const deed = `${told.by}已于 ${told.at} 重置您的密码，原密码已失效`
  return { sms: `${sign}${deed}。如有疑问，请联系系统管理员。`, subject: '密码已重置', mail: `${deed}，所有登录均已下线。\n\n${signIn(told)}\n\n${linkLines(told)}\n\n如有疑问，请联系系统管理员。` }
}

/** OG-03 in Chinese. */
export function memberChanged({ what, roles, customRoles, partner, by, at }: MemberChangedTold): MessageText {
  const deed = `${by}已于 ${at} ${what === 'rights' ? '变更您的角色或权限' : what === 'disabled' ? '停用您的账号' : '启用您的账号'}`
  const now = what === 'rights' ? `您在${partner}的角色现为${[...roles.map((role) => roleNames[role]), ...customRoles].join('、')}，新的权限立即生效。` : what === 'disabled' ? `您已无法登录${partner}的伙伴中心。` : `您可以重新登录${partner}的伙伴中心。`
  return { sms: `${sign}${deed}。`, subject: what === 'rights' ? '角色变更' : what === 'disabled' ? '账号已停用' : '账号已启用', mail: `${deed}。\n\n${now}如有疑问，请联系系统管理员。` }
}
