export const log = {
  title: '操作日志',
} as const
