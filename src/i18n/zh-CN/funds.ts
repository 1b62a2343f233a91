export const funds = {
  title: '资金管理',
} as const
