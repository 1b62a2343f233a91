export const home = {
  title: '主页',
} as const
