export const exports = {
  title: '导出记录',
} as const
