import type { DemoCustomer, Outcome } from './demo-customers.ts'

/** A customer whose state is told, not drawn. Days are counted from the seeding; money is in minor units. */
export type Story = Partial<Omit<DemoCustomer, 'associatedAt' | 'frozenAt' | 'nextExpiry'>> & Pick<DemoCustomer, 'name' | 'accountName' | 'number'> & {
  associatedDays: number
  frozenDays?: number
  expiryDays?: number | null
  outcome?: Outcome
  /** What the customer is there to show; listed in the docs. */
  story: string
}

const newcomer = { manager: null, tag: '新客户', state: 'ACCOUNT_FROZEN', cause: 'NEW_ASSOCIATION', budget: null, outcome: 'untouched', expiryDays: null } as const

/** The customers of the partner `demo` that the docs name. Three of them have mobiles with the same last four digits. */
export const stories: readonly Story[] = [
  { name: '岚州青禾供应链管理有限公司', accountName: 'lzqinghe92', number: '2081458841', associatedDays: 342, manager: 'manager.zhang', tag: '重点客户', mobile: '+8610056786688', monthly: 48_216_40n,
    budget: { type: 'MONTHLY', percent: 60, whenUsedUp: 'NOTHING' }, usesCredit: true, yesterday: 36_000_00n, story: 'the usual case: lots from both accounts, allocate and reclaim, also one named lot' },
  { name: '云汐百川汇数据科技有限公司', accountName: 'yxbaichuan07', number: '2081452206', associatedDays: 3, manager: 'manager.li', tag: '制造业', monthly: 126_905_00n,
    budget: { type: 'MONTHLY', percent: 81, whenUsedUp: 'FREEZE_ACCOUNT' }, yesterday: 120_000_00n, held: 36_000_00n, unsettled: 4_210_60n, story: 'an order in progress and unsettled consumption: reclaimable is less than the balance' },
  { name: '望川明渠智能制造有限公司', accountName: 'wcmingqu31', number: '2081449173', associatedDays: 288, manager: 'manager.zhang', tag: '制造业', monthly: 22_480_00n, yesterday: 8_000_00n, own: 12_000_00n,
    budget: { type: 'MONTHLY', percent: 35, whenUsedUp: 'NOTHING' }, story: 'topped up 12,000.00 itself: its own money cannot be reclaimed' },
  { name: '霁州禾畔电子商务有限公司', accountName: 'jzhepan66', number: '2081445520', associatedDays: 21, manager: 'manager.li', tag: '电商', mobile: '+8610020415520', monthly: 9_830_75n, arrears: 6_820_35n,
    state: 'ACCOUNT_FROZEN', cause: 'BUDGET', frozenDays: 4, budget: { type: 'MONTHLY', percent: 104, whenUsedUp: 'FREEZE_ACCOUNT' }, outcome: 'used_up', story: 'in arrears without balance, frozen because its budget is used up: an allocation writes the arrears off' },
  { name: '江渚砺山精密机械有限公司', accountName: 'jzlishan18', number: '2081897743', associatedDays: 2, ...newcomer, mobile: null, email: null, story: 'created through the API: no mobile, no mail, nobody assigned, frozen since the association' },
  { name: '桐屿知序软件有限公司', accountName: 'tyzhixu50', number: '2081898094', associatedDays: 1, ...newcomer, story: 'associated yesterday: assign, unfreeze and allocate come next' },
  { name: '星湾远汀文化传媒有限公司', accountName: 'xwyuanting83', number: '2081431162', associatedDays: 18, manager: 'manager.zhang', mobile: '+8610020531162', monthly: 6_404_00n, state: 'RESOURCES_FROZEN', cause: 'MANUAL', frozenDays: 9,
    budget: { type: 'MONTHLY', percent: 73, whenUsedUp: 'NOTHING' }, story: 'frozen by hand with its resources 9 days ago: they are released in 6 days' },
  { name: '松陂拾光里餐饮管理有限公司', accountName: 'sbshiguang29', number: '2081426637', associatedDays: 228, manager: 'manager.li', monthly: 2_914_05n, state: 'RESOURCES_FROZEN', cause: 'BUDGET', frozenDays: 12,
    budget: { type: 'ONE_TIME', percent: 100, whenUsedUp: 'FREEZE_RESOURCES' }, story: 'a one-time budget is used up: resources frozen, released in 3 days' },
  { name: '澜浦木棉纺织有限公司', accountName: 'lpmumian12', number: '2081420458', associatedDays: 44, manager: 'manager.li', monthly: 5_208_36n, state: 'ACCOUNT_FROZEN', cause: 'PARTNER_STATE', frozenDays: 11,
    budget: null, story: 'frozen by the vendor: only the vendor ends it' },
  { name: '北汀星砂半导体材料股份有限公司', accountName: 'btxingsha74', number: '2081417781', associatedDays: 365, manager: 'manager.zhang', tag: 'VIP', mobile: '+8610033186688', monthly: 214_660_00n, yesterday: 30_000_00n,
    budget: { type: 'MONTHLY', percent: 93, whenUsedUp: 'FREEZE_ACCOUNT' }, story: 'the largest customer, close to its budget' },
  { name: '南渡口流萤游戏工作室', accountName: 'ndliuying41', number: '2081413309', associatedDays: 150, manager: 'manager.li', tag: '游戏出海', monthly: 7_800_00n, onlyCredit: true,
    budget: null, story: 'every lot comes from the credit account: a reclaim lowers the used credit' },
  { name: '溪宁瀚渊生物科技集团有限公司', accountName: 'xnhanyuan05', number: '2081407025', associatedDays: 2, type: 'REFERRAL', manager: 'manager.zhang', tag: '医疗', monthly: 31_477_90n, state: 'NORMAL', cause: null, budget: null,
    story: 'referral: no balance, neither allocate nor reclaim' },
  { name: '海岬溯源记食品有限公司', accountName: 'hjsuyuan63', number: '2081403087', associatedDays: 180, manager: 'manager.li', monthly: 3_160_00n, budget: null, outcome: 'all_reclaimed', story: 'everything was taken back last week: a reclaim is refused, there is nothing left' },
  { name: '沧屿启明野教育咨询有限公司', accountName: 'cyqiming37', number: '2081399612', associatedDays: 358, manager: 'manager.zhang', tag: '教育', monthly: 18_742_60n, smallLots: true,
    budget: { type: 'MONTHLY', percent: 26, whenUsedUp: 'NOTHING' }, story: 'many small lots: a reclaim takes from several of them' },
  { name: 'Lantern Bay Software (Lanpu) Co., Ltd.', accountName: 'lanternbay', number: '2081396114', associatedDays: 2, manager: 'manager.zhang', tag: 'SaaS', language: 'en-US', monthly: 11_090_00n,
    budget: { type: 'ONE_TIME', percent: 44, whenUsedUp: 'NOTHING' }, story: 'an English name; its messages are in English' },
  { name: '泽川晨汐新能源有限公司', accountName: 'zcchenxi22', number: '2081392250', associatedDays: 4, manager: 'manager.li', mobile: '+8610077426688', monthly: 15_330_00n, expiryDays: 3, story: 'resources expire in 3 days' },
  { name: '景屏𠮷野装饰工程有限公司', accountName: 'jpjiye48', number: '2081388431', associatedDays: 3, manager: 'manager.zhang', monthly: 1_940_00n, story: 'a rare character in its name: masks and search count it as one' },
  { name: '鹭洲松果屋物流有限公司', accountName: 'lzsongguo55', number: '2081385577', associatedDays: 61, manager: null, monthly: 8_260_00n, held: 9_000_00n, unsettled: 1_845_20n, arrears: 24_000_00n, budget: null,
    story: 'arrears are larger than the balance: there is money, but nothing is reclaimable' },
]
