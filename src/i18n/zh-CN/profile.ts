export const profile = {
  title: '基本信息',
} as const
