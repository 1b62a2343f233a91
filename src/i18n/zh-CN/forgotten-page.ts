/** The page for people who do not know their password any more. */
export const forgotten_page = {
  title: '忘记密码',
  intro: '输入账号，我们向该账号已验证的手机或邮箱发送验证码。',
  step: '第 {{n}} 步，共 2 步',
  next: '下一步',
  back: '上一步',
  code_step: '验证码通过{{channel}}发送。出于安全考虑，无论账号是否存在，此页面的提示都相同。',
  by: { sms: '短信', email: '邮件' },
  sms_note: '发至已验证的手机',
  email_note: '发至已验证的邮箱',
  save: '重置密码',
  done: '密码已重置，该账号的所有登录均已结束。请使用新密码登录。',
  unknown: '没有收到服务的答复，密码可能已重置。请先用新密码登录试试，不行再重新获取验证码。',
  to_sign_in: '返回登录',
  no_contact: '没有已验证的手机或邮箱时收不到验证码：成员请联系贵司管理员，主账号请联系生态经理。',
} as const
