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
  const deed = how === 'unified' ? `您的密码已于 ${at} 停用，今后请使用统一账号登录` : `您的密码已于 ${at} ${how === 'reset' ? '重置' : '修改'}`
  return { sms: `${sign}${deed}。如非本人操作，请立即联系管理员。`, subject: '密码已修改', mail: `${deed}，其他登录均已下线。\n\n如非本人操作，请立即联系管理员。` }
}

export function authenticatorChanged(told: AuthenticatorChangedTold): MessageText {
  const warning = '如非本人操作，请立即联系管理员。'
  if (told.what === 'cleared') {
    const cleared = `${told.by}已于 ${told.at} 移除您账号的全部验证器`
    return { sms: `${sign}${cleared}。如非您要求，请立即联系管理员。`, subject: '验证器已全部移除', mail: `${cleared}，您的登录均已下线。请在“个人资料”中重新添加。\n\n如非您要求，请立即联系管理员。` }
  }
  const { what, kind, name, at } = told
  const deed = `您的账号已于 ${at} ${what === 'added' ? '添加' : '移除'}${kind === 'totp' ? '身份验证器' : '通行密钥'}“${name}”`
  return {
    sms: `${sign}${deed}。${warning}`, subject: what === 'added' ? '已添加验证器' : '已移除验证器',
    mail: `${deed}，${what === 'added' ? '此后可用于确认操作' : '此后不能再用于确认操作'}。\n\n${warning}`,
  }
}
