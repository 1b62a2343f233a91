type Pair = readonly [zh: string, en: string]

/** Headers and filters of the lists of prospects, invitations and links. */
export const inviteLabels = {
  prospectState: ['报备状态', 'State'], reportedAt: ['报备时间', 'Reported at'], reportedUntil: ['报备有效期至', 'Report expires at'], reporter: ['报备人', 'Reported by'], rejectReason: ['审核不通过原因', 'Reason of rejection'],
  lastInvitation: ['最近邀请', 'Last invitation'], lastInvitationAt: ['最近邀请时间', 'Last invited at'], invitationNumber: ['邀请编号', 'Invitation number'], inviteKind: ['邀请方式', 'Kind'], invitedBy: ['邀请人', 'Invited by'], sentAt: ['发送时间', 'Sent at'],
  validUntil: ['有效期至', 'Valid until'], inviteState: ['状态', 'State'], cause: ['原因', 'Cause'], openedAt: ['打开时间', 'Opened at'], signedUpAt: ['注册时间', 'Registered at'], delivery: ['邮件投递', 'Delivery'],
  linkLabel: ['标签', 'Label'], createdBy: ['生成人', 'Created by'], createdAt: ['生成时间', 'Created at'], opened: ['打开', 'Opened'], registered: ['注册', 'Registered'], associated: ['关联', 'Associated'], lastUsedAt: ['最近使用时间', 'Last used at'],
  link: ['邀请链接', 'Link'], prospect: ['报备客户', 'Prospect'],
} satisfies Record<string, Pair>

/** Codes that stand in those lists. */
export const inviteValues: Record<string, Pair> = {
  UNDER_REVIEW: ['待审核', 'Under review'], REPORTED: ['已报备', 'Reported'], REJECTED: ['审核不通过', 'Rejected'], ASSOCIATION_FAILED: ['关联失败', 'Association failed'],
  MAIL: ['线上邀请', 'Mail invitation'], GENERAL: ['通用链接', 'General link'], CUSTOM: ['自定义链接', 'Custom link'], ACTIVITY: ['活动链接', 'Activity link'],
  SENT: ['已发送', 'Sent'], SEND_FAILED: ['发送失败', 'Not delivered'], OPENED: ['已打开', 'Opened'], FAILED: ['关联失败', 'Not associated'], ASSOCIATED: ['已关联', 'Associated'], EXPIRED: ['已过期', 'Expired'], REVOKED: ['已撤销', 'Revoked'], REPLACED: ['已替换', 'Replaced'],
  NOT_STARTED: ['未开始', 'Not started'], ACTIVE: ['有效', 'Active'], queued: ['待发送', 'Waiting'], sent: ['已发送', 'Sent'], dropped: ['未发送', 'Not sent'],
  no_email: ['未填写邮箱', 'No email'], ending: ['即将到期', 'Ending soon'], cure: ['可处理的失败', 'Failed, with a cure'],
  SYSTEM_BUSY: ['系统繁忙', 'System busy'],
  LINK_UNKNOWN: ['链接不存在', 'Link not found'],
  LINK_EXPIRED: ['链接已过期', 'Link expired'],
  LINK_USED: ['链接已使用', 'Link already used'],
  LINK_REVOKED: ['链接已撤销', 'Link revoked'],
  CODE_USED: ['邀请码已使用', 'Invitation code already used'],
  ACTIVITY_ENDED: ['活动已结束', 'Activity over'],
  NO_RESALE: ['伙伴不可发展代售客户', 'Partner cannot develop resale customers'],
  PHONE_DIFFERS: ['手机号与报备不一致', 'Registered with another number than reported'],
  ACCOUNT_TOO_OLD: ['账号注册超过 7 天或有消费，且未报备', 'Account older than 7 days or with spend, and not preregistered'],
  UNPAID_BILLS: ['存在未付账单', 'Unpaid bills'],
  CREDIT_ACCOUNT: ['信用账户不适用代售', 'Credit account: not in the resale model'],
  ENTERPRISE_MEMBERS: ['有企业子账号，不适用代售', 'Enterprise members: not in the resale model'],
  RESERVED_INSTANCES: ['有生效的预留实例，不适用代售', 'Valid reserved instances: not in the resale model'],
  SERVICE_CONTRACT: ['有专业服务合同，不适用代售', 'Professional-service contract: not in the resale model'],
  SPECIAL_CONTRACT: ['存在特殊合同', 'Special contract'],
  REPORTED_BY_OTHER: ['已被其他伙伴报备', 'Preregistered by another partner'],
  ALREADY_ASSOCIATED: ['已与伙伴关联', 'Already associated with a partner'],
  IS_PARTNER: ['该账号是伙伴', 'The account is a partner'],
  VENDOR_INTERNAL: ['该账号是云厂商内部账号', 'Internal account of the vendor'],
  CONSUMER_CLOUD: ['该账号是消费者云用户', 'User of the consumer cloud'],
  REPORTED_BY_VENDOR: ['已由平台报备', 'Preregistered by the vendor'],
  REWARD_PROGRAM: ['该账号参加了推广奖励计划', 'Member of the reward program'],
  PARTNER_BLOCKED: ['贵司已被冻结', 'Your company is frozen'],
  DISTRIBUTOR_LEFT: ['总经销商已退出', 'Your distributor has left the program'],
}
