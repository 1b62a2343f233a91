import type { Locale, PartnerState, PartnerType, Permission, Role } from '#contract/people.ts'

/** The password of every demo account. Exists outside production only. */
export const demoPassword = 'demo-partner-center'

export type DemoMember = {
  /** Empty for the master account. */
  login: string
  name: string
  roles: readonly Role[]
  /** Names of the partner's own roles. */
  customRoles?: readonly string[]
  /** E.164, of the range 100 that is given to nobody. */
  mobile: string | null
  /** Under the reserved domain `example`. */
  email: string | null
  isVerified: boolean
  language: Locale
  extra?: readonly Permission[]
  director?: string
  isDisabled?: boolean
  /** Made two days ago; the link has not been used. */
  isInvited?: boolean
  /** What the account is for, printed with the address and listed in the docs. */
  story: string
}

export type DemoPartner = {
  account: string
  name: string
  /** A solution provider unless something else is said. */
  type?: PartnerType
  /** Account of a reseller's distributor. */
  distributor?: string
  state: PartnerState
  verificationOn: boolean
  ecosystem: { name: string; mobile: string; email: string }
  members: readonly DemoMember[]
  customRoles?: readonly { name: string; description: string; permissions: readonly Permission[] }[]
  customers: number
  /** Minor units. */
  creditLimit: bigint
  rebate: bigint
  /** About where the top-up account stands in the end. */
  topUpLeft: bigint
  seed: number
}

const both = { isVerified: true, language: 'zh-CN' } as const

export const demoPartners: readonly DemoPartner[] = [
  {
    account: 'demo', name: '青屿数科', state: 'ACTIVE', verificationOn: true, customers: 240, creditLimit: 500_000_00n, rebate: 62_915_40n, topUpLeft: 1_062_480_55n, seed: 20_814,
    ecosystem: { name: '苏晚晴', mobile: '+8610090010001', email: 'su.wanqing@vendor.example' },
    customRoles: [{ name: '财务专员', description: '为所有客户拨款和回收，查看并导出资金记录', permissions: ['home.view', 'funds.view', 'funds.allocate', 'funds.reclaim', 'customer.view', 'data.export', 'log.view'] }],
    members: [
      { login: '', name: '陈屿安', roles: ['administrator'], mobile: '+8610080010001', email: 'chen.yuan@qingyu.example', ...both, story: 'administrator, may do everything' },
      { login: 'director', name: '沈岚', roles: ['director'], mobile: '+8610080010002', email: 'shen.lan@qingyu.example', ...both, story: 'account director of both managers: sees their customers, changes nothing' },
      { login: 'manager.zhang', name: '张知遥', roles: ['manager'], mobile: '+8610080010003', email: 'zhang.zhiyao@qingyu.example', ...both, extra: ['funds.allocate', 'funds.reclaim', 'coupon.issue', 'coupon.reclaim'], director: 'director', story: 'account manager who may allocate and reclaim, also coupons, sees only assigned customers' },
      { login: 'manager.li', name: '李棠', roles: ['manager'], mobile: '+8610080010004', email: 'li.tang@qingyu.example', ...both, director: 'director', story: 'account manager without any right on money' },
      { login: 'operator', name: '周砚', roles: ['operator'], mobile: null, email: 'zhou.yan@qingyu.example', ...both, extra: ['customer.view', 'log.view'], story: 'operator with chosen rights, has a mail address only' },
      { login: 'operator.wu', name: '吴蔓青', roles: ['operator'], mobile: '+8610080010006', email: null, isVerified: false, language: 'zh-CN', extra: ['customer.view', 'funds.allocate'], story: 'operator whose mobile is not verified: a sensitive operation has no way to send a code' },
      { login: 'manager.gu', name: '顾远舟', roles: ['manager'], mobile: '+8610080010007', email: 'gu.yuanzhou@qingyu.example', ...both, isDisabled: true, story: 'left the company: disabled, sign-in is refused; the customers were handed over to manager.li' },
      { login: 'operator.bai', name: '白予宁', roles: ['operator'], mobile: null, email: 'bai.yuning@qingyu.example', isVerified: false, language: 'zh-CN', isInvited: true, story: 'invited, has not set a password yet: sign-in is refused' },
      { login: 'finance.su', name: '苏禾', roles: [], customRoles: ['财务专员'], mobile: '+8610080010008', email: 'su.he@qingyu.example', ...both, story: 'has a role that the partner made, 财务专员 (finance): allocates and reclaims for every customer' },
      { login: 'assistant.he', name: '贺知秋', roles: ['operator'], customRoles: ['财务专员'], mobile: '+8610080010009', email: 'he.zhiqiu@qingyu.example', ...both, extra: ['org.view'], story: 'operator with the partner’s own role beside it: two roles, and sees the members' },
    ],
  },
  {
    account: 'beacon', name: '灯塔云联', state: 'ACTIVE', verificationOn: true, customers: 16, creditLimit: 200_000_00n, rebate: 8_420_00n, topUpLeft: 318_205_60n, seed: 5_501,
    ecosystem: { name: '苏晚晴', mobile: '+8610090010001', email: 'su.wanqing@vendor.example' },
    members: [
      { login: '', name: '何书遥', roles: ['administrator'], mobile: '+8610080020001', email: 'he.shuyao@dengta.example', ...both, story: 'administrator of another partner: sees nothing of the first' },
      { login: 'manager.song', name: '宋清和', roles: ['manager'], mobile: '+8610080020002', email: 'song.qinghe@dengta.example', ...both, extra: ['funds.allocate'], story: 'account manager there' },
    ],
  },
  {
    account: 'harbor', name: '泊港智云', state: 'ACTIVE', verificationOn: false, customers: 18, creditLimit: 100_000_00n, rebate: 1_260_50n, topUpLeft: 96_770_00n, seed: 7_702,
    ecosystem: { name: '罗以诺', mobile: '+8610090010002', email: 'luo.yinuo@vendor.example' },
    members: [
      { login: '', name: '梁见深', roles: ['administrator'], mobile: '+8610080030001', email: 'liang.jianshen@bogang.example', isVerified: true, language: 'en-US', story: 'administrator of a partner whose verification switch is off; messages in English' },
      { login: 'manager.tang', name: '唐未央', roles: ['manager'], mobile: '+8610080030002', email: 'tang.weiyang@bogang.example', ...both, extra: ['funds.allocate', 'funds.reclaim'], story: 'account manager there, confirms by a click' },
    ],
  },
  {
    account: 'reef', name: '礁石云服', state: 'RESTRICTED', verificationOn: true, customers: 8, creditLimit: 0n, rebate: 0n, topUpLeft: 12_400_00n, seed: 9_903,
    ecosystem: { name: '罗以诺', mobile: '+8610090010002', email: 'luo.yinuo@vendor.example' },
    members: [
      { login: '', name: '韩昭', roles: ['administrator'], mobile: '+8610080040001', email: 'han.zhao@jiaoshi.example', ...both, story: 'administrator of a restricted partner: allocating and reclaiming are refused' },
    ],
  },
  {
    account: 'subsidy', name: '澜汀普惠', type: 'SUBSIDY', state: 'ACTIVE', verificationOn: true, customers: 12, creditLimit: 0n, rebate: 0n, topUpLeft: 0n, seed: 11_204,
    ecosystem: { name: '苏晚晴', mobile: '+8610090010001', email: 'su.wanqing@vendor.example' },
    members: [{ login: '', name: '叶疏影', roles: ['administrator'], mobile: '+8610080090001', email: 'ye.shuying@lanting.example', ...both, story: 'administrator of a subsidy partner: keeps the customer whitelist, has quota of vouchers and cash coupons' }],
  },
  {
    account: 'delta', name: '汇川云枢', type: 'DISTRIBUTOR', state: 'ACTIVE', verificationOn: true, customers: 10, creditLimit: 300_000_00n, rebate: 0n, topUpLeft: 140_000_00n, seed: 12_305,
    ecosystem: { name: '罗以诺', mobile: '+8610090010002', email: 'luo.yinuo@vendor.example' },
    members: [{ login: '', name: '杜若衡', roles: ['administrator'], mobile: '+8610080060001', email: 'du.ruoheng@huichuan.example', ...both, story: 'administrator of a distributor: issues voucher quota to two resellers and takes it back' }],
  },
  {
    account: 'delta-r1', name: '北渚信息', type: 'RESELLER', distributor: 'delta', state: 'ACTIVE', verificationOn: true, customers: 8, creditLimit: 0n, rebate: 0n, topUpLeft: 15_000_00n, seed: 13_406,
    ecosystem: { name: '罗以诺', mobile: '+8610090010002', email: 'luo.yinuo@vendor.example' },
    members: [{ login: '', name: '江临川', roles: ['administrator'], mobile: '+8610080070001', email: 'jiang.linchuan@beizhu.example', ...both, story: 'administrator of a reseller of `delta`: issues vouchers from the quota it got' }],
  },
  {
    account: 'delta-r2', name: '南屏数据', type: 'RESELLER', distributor: 'delta', state: 'ACTIVE', verificationOn: true, customers: 8, creditLimit: 0n, rebate: 0n, topUpLeft: 15_000_00n, seed: 14_507,
    ecosystem: { name: '罗以诺', mobile: '+8610090010002', email: 'luo.yinuo@vendor.example' },
    members: [{ login: '', name: '林晚舟', roles: ['administrator'], mobile: '+8610080080001', email: 'lin.wanzhou@nanping.example', ...both, story: 'administrator of another reseller of `delta`: its quota was reclaimed once' }],
  },
  {
    account: 'govcloud', name: '澄港政务云', type: 'GOVCLOUD', state: 'ACTIVE', verificationOn: true, customers: 12, creditLimit: 0n, rebate: 0n, topUpLeft: 0n, seed: 3_307,
    ecosystem: { name: '罗以诺', mobile: '+8610090010002', email: 'luo.yinuo@vendor.example' },
    members: [
      { login: '', name: '温景行', roles: ['administrator'], mobile: '+8610080050001', email: 'wen.jingxing@chenggang.example', ...both, story: 'administrator of a government-cloud partner: issues and reclaims delivery coupons, has no money to allocate' },
    ],
  },
]

/** What to print with the address at the first start, and what the docs list. */
export const demoAccounts: readonly { account: string; member: string; partner: string; story: string }[] = demoPartners.flatMap((partner) =>
  partner.members.map(({ login, story }) => ({ account: partner.account, member: login, partner: partner.name, story })))
