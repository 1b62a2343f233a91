/** What stands around signing in with a unified ID, where it is offered. */
export const unified = {
  unified: {
    button: '使用{{name}}登录',
    not_upgraded: '未升级的账号',
    back: '您已登录，请关闭此页面，回到原来的页面继续。',
    to_console: '打开伙伴中心',
    in_new_tab: '将在新标签页中登录，完成后请回到此页面。',
    unlinked: '此统一账号尚未关联伙伴中心的成员。请联系管理员，主账号请联系生态经理。',
    cancelled: '登录已取消，可以重新登录。',
    expired: '此次登录已失效：等待时间过长，或不是在此浏览器中开始的。请重新登录。',
    disabled: '您的账号已停用，请联系管理员。',
    unreachable: '统一账号服务暂时无法连接，请稍后重试。',
    refused: '未能确认统一账号服务的答复，您没有登录。请重试，仍不成功请联系管理员。',
    limit: '登录失败次数过多，请稍后重试。',
  },
} as const
