import type { ExportContent } from '#contract/exports.ts'
import type { LoggedOperation } from '#contract/operation-log.ts'
import type { Locale } from '#contract/people.ts'
import { couponLabels, couponValues } from './exports-words-coupons.ts'
import { inviteLabels, inviteValues } from './exports-words-invites.ts'
import { incentiveLabels, incentiveValues } from './exports-words-incentives.ts'
import { memberLabels, memberValues } from './exports-words-members.ts'
import { payoutOperations } from './exports-words-payouts.ts'

/** Headers of the whitelist. */
const whitelistLabels = { memberOf: ['所属主账号', 'Member of'], version: ['版本', 'Version'], addedAt: ['添加时间', 'Added at'] } as const

type Pair = readonly [zh: string, en: string]
const inLocale = (pair: Pair | undefined, locale: Locale): string | undefined => pair?.[locale === 'zh-CN' ? 0 : 1]

const contents: Record<ExportContent, Pair> = {
  customers: ['客户列表', 'Customers'], adjustments: ['调账记录', 'Adjustment records'], transactions: ['收支明细', 'Transactions'],
  'operation-log': ['操作日志', 'Operation log'], 'reveal-records': ['敏感信息查看记录', 'Reveal records'],
  prospects: ['客户拓展', 'Prospects'], invitations: ['邀请记录', 'Invitation records'], 'invite-links': ['邀请链接生成记录', 'Generated links'], members: ['组织成员', 'Members'],
  'coupon-quotas': ['券额度', 'Coupon quotas'], coupons: ['已发放券', 'Issued coupons'], 'coupon-records': ['券操作记录', 'Coupon operation records'],
  'incentive-statements': ['激励账单', 'Incentive statements'], 'incentive-lines': ['激励明细', 'Incentive lines'], 'coupon-whitelist': ['客户白名单', 'Customer whitelist'],
}

/** Headers of columns and names of filters. */
const labels = {
  ...inviteLabels, ...memberLabels, ...couponLabels, ...incentiveLabels, ...whitelistLabels,
  number: ['客户ID', 'Customer ID'], name: ['客户名称', 'Customer name'], accountName: ['账号名', 'Account name'], associationType: ['关联类型', 'Association type'],
  associatedAt: ['关联时间', 'Associated at'], mobile: ['手机号码', 'Mobile'], email: ['电子邮箱', 'Email'], tag: ['客户标签', 'Tag'], manager: ['客户经理', 'Account manager'],
  monthExpenditure: ['本月消费', 'Month expenditure'], balance: ['拨款余额', 'Allocated balance'], budget: ['预算', 'Budget'], budgetUsed: ['预算使用率（%）', 'Budget used (%)'],
  state: ['账号状态', 'Account state'], nextExpiry: ['最近资源到期时间', 'Next expiry'], todo: ['待办', 'To do'],
  transactionNumber: ['交易流水号', 'Transaction number'], batchNumber: ['批次号', 'Batch number'], time: ['时间', 'Time'], kind: ['类型', 'Kind'], source: ['资金来源账户', 'Source account'],
  amount: ['金额', 'Amount'], balanceBefore: ['变更前余额', 'Balance before'], balanceAfter: ['变更后余额', 'Balance after'], lots: ['拨款批次', 'Lots'], operator: ['操作人', 'Operator'],
  account: ['账户', 'Account'], in: ['收入', 'In'], out: ['支出', 'Out'], direction: ['收支方向', 'Direction'], counterparty: ['对方', 'Counterparty'], related: ['关联单据', 'Related record'],
  operation: ['操作', 'Operation'], objectKind: ['对象类型', 'Object kind'], objectNumber: ['对象编号', 'Object number'], result: ['结果', 'Result'], confirmedBy: ['确认方式', 'Confirmed by'],
  origin: ['来源', 'Source'], requestId: ['请求编号', 'Request id'], field: ['字段', 'Field'], page: ['页面', 'Page'], sort: ['排序', 'Sort'],
  filter: ['筛选条件', 'Filter'], none: ['无', 'none'], selected: ['所选行', 'Chosen rows'], exportedAt: ['导出时间', 'Exported at'], amounts: ['金额单位：元（CNY）', 'Amounts in CNY'],
} satisfies Record<string, Pair>
export type Label = keyof typeof labels

const values: Record<string, Pair> = {
  ...inviteValues, ...memberValues, ...couponValues, ...incentiveValues,
  RESALE: ['代售', 'Resale'], REFERRAL: ['顾问销售', 'Referral'],
  NORMAL: ['正常', 'Normal'], ACCOUNT_FROZEN: ['账号已冻结', 'Account frozen'], RESOURCES_FROZEN: ['账号与资源已冻结', 'Account and resources frozen'], frozen: ['已冻结', 'Frozen'], frozen_automatically: ['系统冻结', 'Frozen by the system'],
  MONTHLY: ['每月', 'monthly'], ONE_TIME: ['一次性', 'one-time'], unassigned: ['未分配', 'Unassigned'],
  frozen_new: ['新关联冻结', 'Frozen as new'], no_balance: ['无余额', 'No balance'], arrears: ['欠费', 'In arrears'], budget_used_up: ['预算用尽', 'Budget used up'],
  allocate: ['拨款', 'Allocate'], reclaim: ['回收', 'Reclaim'], reclaim_disassociation: ['解绑回收', 'Reclaim on disassociation'], reclaim_switch: ['切换回收', 'Reclaim on switch'],
  'top-up': ['充值账户', 'Top-up account'], credit: ['信用账户', 'Credit account'], rebate: ['激励返点', 'Rebate'],
  top_up: ['充值', 'Top up'], refund: ['退款', 'Refund'], incentive: ['激励入账', 'Incentive'], repayment: ['还款', 'Repayment'], withdrawal: ['提现', 'Withdrawal'], correction: ['冲正', 'Correction'],
  in: ['收入', 'In'], out: ['支出', 'Out'], success: ['成功', 'Success'], refused: ['已拒绝', 'Refused'], failed: ['失败', 'Failed'],
  sms: ['短信', 'SMS'], email: ['邮箱', 'Email'], totp: ['身份验证器', 'Authenticator app'], passkey: ['通行密钥', 'Passkey'], click: ['确认', 'Question'], none: ['无', 'None'],
  console: ['控制台', 'Console'], api: ['API 接口', 'API'], system: ['系统', 'System'], vendor: ['运营', 'Vendor operator'],
  customer: ['客户', 'Customer'], transfer: ['资金变动', 'Transfer'], adjustment: ['调账记录', 'Adjustment record'], lot: ['拨款批次', 'Lot'], proof: ['验证', 'Proof'], session: ['登录', 'Session'],
  member: ['成员', 'Member'], partner: ['伙伴', 'Partner'], export: ['导出', 'Export'], account: ['账户', 'Account'], prospect: ['报备客户', 'Prospect'], invitation: ['邀请', 'Invitation'], link: ['邀请链接', 'Link'], handover: ['移交', 'Handover'],
  role: ['角色', 'Role'], company: ['公司信息', 'Company'], authenticator: ['验证器', 'Authenticator'], specialist: ['项目专员', 'Specialist'], whitelist: ['客户白名单', 'Customer whitelist'], reseller: ['云经销商', 'Reseller'], coupon: ['券', 'Coupon'], quota: ['券额度', 'Coupon quota'], business: ['商业信息', 'Business information'], payment: ['发放申请', 'Payment request'], invoice: ['激励发票', 'Incentive invoice'], statement: ['激励账单', 'Incentive statement'], incentive_line: ['激励明细', 'Incentive line'],
  name: ['客户名称', 'Customer name'], accountName: ['账号名', 'Account name'], mobile: ['手机号码', 'Mobile'], manager: ['客户经理', 'Account manager'], bankAccount: ['银行账号', 'Bank account'], address: ['地址', 'Address'],
}

const operations: Record<LoggedOperation, readonly [zh: string, en: string]> = {
  ...payoutOperations,
  'session.signed_in': ['登录', 'Signed in'], 'session.failed': ['登录失败', 'Sign-in failed'], 'session.signed_out': ['退出登录', 'Signed out'], 'session.ended': ['结束登录', 'Session ended'],
  'session.sign_in_locked': ['登录受限', 'Sign-in limited'],
  'funds.allocate': ['拨款', 'Allocate'], 'funds.reclaim': ['回收', 'Reclaim'], 'funds.top_up': ['充值', 'Top up'], 'funds.credit_limit': ['信用额度调整', 'Credit limit changed'],
  'funds.consume': ['客户消费', 'Consumption'], 'funds.arrears': ['客户欠费', 'Arrears'], 'funds.own_top_up': ['客户自充值', 'Own top-up'], 'funds.rebate': ['激励入账', 'Rebate'], 'funds.hold': ['资金冻结', 'Hold'],
  'proof.frozen': ['发起验证', 'Proof opened'], 'proof.sent': ['发送验证码', 'Code sent'], 'proof.send_failed': ['验证码发送失败', 'Sending failed'], 'proof.passed': ['验证通过', 'Proof passed'],
  'proof.wrong': ['验证码错误', 'Wrong code'], 'proof.locked': ['验证锁定', 'Proof locked'], 'proof.void': ['验证失效', 'Proof void'], 'proof.limit': ['验证码发送受限', 'Sending limited'],
  'verification.locked': ['验证功能锁定', 'Verification locked'], 'verification.unlocked': ['验证功能解锁', 'Verification unlocked'], 'verification.off': ['关闭验证码验证', 'Verification turned off'],
  'verification.on': ['开启验证码验证', 'Verification turned on'],
  'data.reveal': ['查看敏感信息', 'Reveal'], 'data.reveal_limit': ['查看敏感信息受限', 'Reveals limited'], 'data.export': ['导出', 'Export'], 'data.export_download': ['下载导出文件', 'Export downloaded'],
  'data.export_delete': ['删除导出文件', 'Export deleted'], 'data.lookup_limit': ['查找受限', 'Look-ups limited'],
  'customer.tag': ['修改客户标签', 'Tag changed'], 'customer.created': ['新增客户', 'Customer created'], 'customer.changed': ['修改客户', 'Customer changed'], 'partner.created': ['新增伙伴', 'Partner created'],
  'partner.changed': ['修改伙伴', 'Partner changed'], 'member.created': ['新增成员', 'Member created'], 'member.changed': ['修改成员', 'Member changed'], 'access.refused': ['无权操作', 'Access refused'],
  'ledger.mismatch': ['账目不符', 'Books do not balance'],
  'prospect.reported': ['报备客户', 'Prospect reported'],
  'prospect.refused': ['报备未通过检查', 'Report refused'],
  'prospect.reviewed': ['报备审核', 'Report reviewed'],
  'prospect.email': ['修改报备邮箱', 'Prospect email changed'],
  'prospect.expired': ['报备到期', 'Report expired'],
  'invite.sent': ['发送邀请', 'Invitation sent'],
  'invite.resent': ['重发邀请', 'Invitation resent'],
  'invite.revoked': ['撤销邀请', 'Invitation revoked'],
  'invite.opened': ['客户打开邀请', 'Invitation opened'],
  'invite.failed': ['客户关联失败', 'Association failed'],
  'link.created': ['生成邀请链接', 'Link created'],
  'link.replaced': ['更换邀请链接', 'Link replaced'],
  'link.revoked': ['撤销邀请链接', 'Link revoked'],
  'link.shown': ['查看邀请链接', 'Link shown'],
  'customer.associated': ['客户关联', 'Customer associated'],
  'account.registered': ['客户注册账号', 'Account registered'],
  'account.signed_in': ['客户登录', 'Customer signed in'],
  'account.sign_in_failed': ['客户登录失败', 'Customer sign-in failed'],
  'account.code_sent': ['发送客户验证码', 'Customer code sent'],
  'account.code_wrong': ['客户验证码错误', 'Wrong customer code'],
  'assignment.assigned': ['分配客户', 'Customers assigned'],
  'assignment.changed': ['变更客户经理', 'Account manager changed'],
  'assignment.reclaimed': ['收回客户', 'Customers reclaimed'],
  'handover.planned': ['计划移交客户', 'Handover planned'],
  'handover.cancelled': ['取消移交客户', 'Handover cancelled'],
  'handover.done': ['移交客户', 'Customers handed over'],
  'profile.identity_code': ['发送身份验证码', 'Identity code sent'],
  'profile.identity_wrong': ['身份验证码错误', 'Wrong identity code'],
  'profile.opened': ['通过身份验证', 'Identity confirmed'],
  'profile.contact_code': ['向新联系方式发送验证码', 'Code sent to a new contact'],
  'profile.contact': ['修改联系方式', 'Contact changed'],
  'profile.password': ['修改密码', 'Password changed'],
  'profile.reset_code': ['发送重置密码验证码', 'Reset code sent'],
  'profile.reset_wrong': ['重置密码验证码错误', 'Wrong reset code'],
  'profile.reset': ['重置密码', 'Password reset'],
  'partner.time_zone': ['修改时区', 'Time zone changed'],
  'session.new_device': ['新设备登录', 'New device signed in'],
  'profile.authenticator_added': ['添加验证器', 'Authenticator added'],
  'profile.authenticator_renamed': ['重命名验证器', 'Authenticator renamed'],
  'profile.authenticator_removed': ['移除验证器', 'Authenticator removed'],
  'member.authenticators_removed': ['移除成员的验证器', "Member's authenticators removed"],
  'verification.require': ['设置须用验证器的操作', 'Operations needing an authenticator changed'],
  'session.identity_linked': ['绑定统一账号', 'Unified ID linked'],
  'session.identity_unlinked': ['解绑统一账号', 'Unified ID unlinked'],
  'role.created': ['创建角色', 'Role created'],
  'role.changed': ['修改角色', 'Role changed'],
  'role.deleted': ['删除角色', 'Role deleted'],
  'member.deleted': ['删除成员', 'Member deleted'],
  'handover.changed': ['修改移交计划', 'Handover changed'],
  'company.submitted': ['提交公司信息变更', 'Company change submitted'],
  'company.withdrawn': ['撤回公司信息变更', 'Company change withdrawn'],
  'company.reviewed': ['公司信息审核', 'Company change reviewed'],
  'company.downloaded': ['下载营业执照', 'Licence downloaded'],
  'contacts.changed': ['修改客户联系人', 'Customer contacts changed'],
  'notice.takeover': ['修改客户消息设置', 'Customer notices changed'],
  'notice.bill': ['修改客户账单设置', 'Customer bills changed'],
  'coupon.issue': ['发放券', 'Coupons issued'],
  'coupon.reclaim': ['回收券', 'Coupons reclaimed'],
  'coupon.return': ['券自动回收', 'Coupon returned automatically'],
  'coupon.redeem': ['使用券', 'Coupon used'],
  'coupon.activate': ['激活券', 'Coupon activated'],
  'coupon.receive': ['收到其他伙伴的券', 'Coupon of another issuer'],
  'quota.grant': ['授予额度', 'Quota granted'],
  'quota.withdraw': ['收回额度', 'Quota withdrawn'],
  'quota.issue': ['发放额度', 'Quota issued to a reseller'],
  'quota.reclaim': ['回收额度', 'Quota reclaimed from a reseller'],
  'case.downloaded': ['下载案例材料', 'Case material downloaded'],
  'agreement.downloaded': ['下载协议', 'Agreement downloaded'],
  'specialist.invited': ['邀请项目专员', 'Specialist invited'],
  'specialist.resent': ['重发专员邀请', 'Specialist invited again'],
  'specialist.cancelled': ['取消专员邀请', 'Specialist invitation cancelled'],
  'specialist.bound': ['专员绑定', 'Specialist bound'],
  'specialist.unbound': ['专员解绑', 'Specialist unbound'],
  'specialist.reviewed': ['专员审核', 'Specialist reviewed'],
  'incentive.created': ['激励账单已录入', 'Incentive statement entered'],
  'incentive.imported': ['导入激励明细', 'Incentive lines imported'],
  'incentive.published': ['激励账单待确认', 'Incentive statement published'],
  'incentive.confirmed': ['确认激励账单', 'Incentive statement confirmed'],
  'incentive.auto_confirmed': ['激励账单自动确认', 'Incentive statement confirmed automatically'],
  'incentive.lapsed': ['激励账单失效', 'Incentive statement lapsed'],
  'incentive.deadline_moved': ['确认截止日顺延', 'Confirmation deadline moved'],
  'incentive.adjusted': ['调整激励明细', 'Incentive line adjusted'],
  'incentive.excluded': ['剔除激励明细', 'Incentive line excluded'],
  'incentive.frozen': ['冻结激励', 'Incentive frozen'],
  'incentive.customer_paid': ['客户消费已支付', 'Customer expenditure paid'],
  'incentive.released': ['解冻激励', 'Incentive released'],
  'incentive.feedback': ['反馈激励明细问题', 'Feedback on an incentive line'],
  'incentive.answered': ['回复激励反馈', 'Feedback answered'],
  'incentive.closed': ['关闭激励反馈', 'Feedback closed'],
  'whitelist.added': ['添加白名单客户', 'Whitelist: customer added'],
  'whitelist.removed': ['移除白名单客户', 'Whitelist: customer removed'],
  'whitelist.imported': ['导入白名单新版本', 'Whitelist: new version imported'],
}

const reasons: Record<string, Pair> = {
  too_many_rows: ['超过 100,000 行，请缩小筛选范围后重试。', 'More than 100,000 rows. Narrow the filter and try again.'],
  no_permission: ['您已没有导出此内容的权限。', 'You have no right to export this any more.'],
  unreadable: ['导出条件已无法读取，请重新创建。', 'What was asked for can no longer be read. Please create the export again.'],
  error: ['系统出错，请重试。', 'Something went wrong. Please try again.'],
}

/** What a file of exports says, in the language of the person who asked for it. */
export const exportWords = (locale: Locale) => ({
  content: (content: ExportContent): string => inLocale(contents[content], locale) ?? content,
  label: (label: Label): string => inLocale(labels[label], locale) ?? label,
  /** Codes of the contract; a code without a word stands as it is. */
  value: (code: string): string => inLocale(values[code], locale) ?? code,
  operation: (operation: LoggedOperation): string => inLocale(operations[operation], locale) ?? operation,
  /** Why an export failed. */
  reason: (code: string): string => inLocale(reasons[code], locale) ?? inLocale(reasons['error'], locale) ?? code,
  pair: (label: string, text: string): string => (locale === 'zh-CN' ? `${label}：${text}` : `${label}: ${text}`),
  list: (parts: readonly string[]): string => parts.join(locale === 'zh-CN' ? '；' : '; '),
})
export type ExportWords = ReturnType<typeof exportWords>
