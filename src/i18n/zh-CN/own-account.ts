/** The own account: how old the password is, where a unified ID is managed, and how a message looks. */
export const own_account = {
  password_since_other: '{{day}} 设置（{{count}} 天前）',
  password_today: '今天设置',
  password_old: '已使用 90 天以上，建议修改',
  unified: '账号、联系方式和密码由统一账号管理。',
  manage: '前往管理',
  preview: { sms: '短信', mail: '邮件' },
} as const
