type Pair = readonly [zh: string, en: string]

/** Headers and filters of the members' list. */
export const memberLabels = {
  login: ['登录名', 'Login name'], member: ['成员姓名', 'Member name'], department: ['部门', 'Department'], roles: ['角色', 'Roles'], director: ['客户经理主管', 'Account director'],
  customers: ['客户数', 'Customers'], memberState: ['状态', 'State'], lastSignInAt: ['最近登录时间', 'Last sign-in'], memberSince: ['创建时间', 'Created at'],
} satisfies Record<string, Pair>

/** Codes that stand in it; named apart, because other lists have the same codes with other words. */
export const memberValues: Record<string, Pair> = {
  'role.administrator': ['系统管理员', 'Administrator'], 'role.director': ['客户经理主管', 'Account director'], 'role.manager': ['客户经理', 'Account manager'], 'role.operator': ['操作员', 'Operator'],
  'member.INVITED': ['待激活', 'Invited'], 'member.ACTIVE': ['正常', 'Active'], 'member.DISABLED': ['已停用', 'Disabled'], 'member.LOCKED': ['已锁定', 'Locked'],
}
