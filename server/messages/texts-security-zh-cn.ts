import type { AuthenticatorChangedTold, ContactChangedTold, MessageText, NewDeviceTold, PasswordChangedTold, PersonalPurpose } from './wording.ts'

const sign = '【伙伴中心】'

/** What a code does that changes something of the person's own, in Chinese. */
export const personal: Record<PersonalPurpose, string> = {
  mobile: '修改手机号码', email: '修改邮箱', password: '修改密码', authenticator: '修改验证器', 'new-mobile': '确认新的手机号码', 'new-email': '确认新的邮箱', reset: '重置密码',
}
export const changed = { mobile: '手机号码', email: '邮箱', password: '密码', authenticator: '验证器' }
const noDevice = '未知设备'

export function newDevice({ at, device, address }: NewDeviceTold): MessageText {
  const deed = `您的账号已于 ${at} 在新设备登录`
  return {
    sms: `${sign}${deed}。如非本人操作，请立即修改密码。`, subject: '新设备登录',
    mail: `${deed}。\n\n设备：${device ?? noDevice}\n地址：${address}\n\n如非本人操作，请立即修改密码、下线其他登录，并联系管理员。`,
  }
}

export function contactChanged({ what, at }: ContactChangedTold): MessageText {
  const deed = `您的${changed[what]}已于 ${at} 修改`
  return { sms: `${sign}${deed}。如非本人操作，请立即联系管理员。`, subject: '联系方式已修改', mail: `${deed}，此后的验证码和通知不再发送到原联系方式。\n\n如非本人操作，请立即联系管理员。` }
}

export function passwordChanged({ how, at }: PasswordChangedTold): MessageText {
  const deed = `您的密码已于 ${at} ${how === 'reset' ? '重置' : '修改'}`
  return { sms: `${sign}${deed}。如非本人操作，请立即联系管理员。`, subject: '密码已修改', mail: `${deed}，其他登录均已下线。\n\n如非本人操作，请立即联系管理员。` }
}

export function authenticatorChanged({ what, kind, name, at }: AuthenticatorChangedTold): MessageText {
  const deed = `您的账号已于 ${at} ${what === 'added' ? '添加' : '移除'}${kind === 'totp' ? '身份验证器' : '通行密钥'}“${name}”`
  return {
    sms: `${sign}${deed}。如非本人操作，请立即联系管理员。`, subject: what === 'added' ? '已添加验证器' : '已移除验证器',
    mail: `${deed}，${what === 'added' ? '此后可用于确认操作' : '此后不能再用于确认操作'}。\n\n如非本人操作，请立即联系管理员。`,
  }
}
