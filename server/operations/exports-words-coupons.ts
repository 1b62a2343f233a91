type Pair = readonly [zh: string, en: string]

/** Headers and filters of the lists of coupons. */
export const couponLabels = {
  quotaNumber: ['额度编号', 'Quota number'], couponKind: ['券类型', 'Coupon kind'], quotaSource: ['来源', 'Source'], granted: ['总额度', 'Granted'], withdrawn: ['被收回', 'Withdrawn'], issued: ['已发放', 'Issued'], returned: ['已回收', 'Returned'], left: ['剩余', 'Left'],
  validFrom: ['生效时间', 'Valid from'], validTo: ['有效期至', 'Valid until'], scope: ['适用范围', 'Scope'], invoiceRecipient: ['开票对象', 'Invoice recipient'], quotaState: ['状态', 'State'], couponNumber: ['券编号', 'Coupon number'], faceValue: ['面值', 'Face value'],
  couponBalance: ['余额', 'Balance'], minOrder: ['最小可用订单额', 'Minimum order amount'], maxShare: ['最高抵扣比例（%）', 'Maximum share (%)'], issuedAt: ['发放时间', 'Issued at'], couponState: ['状态', 'State'], remark: ['备注', 'Remark'],
  couponOperation: ['操作', 'Operation'], sourceQuota: ['来源额度', 'Source quota'], actual: ['实际金额', 'Actual amount'], orderNumber: ['订单号', 'Order number'], endsSoon: ['7 天内到期', 'Ends within 7 days'], party: ['客户或云经销商', 'Customer or reseller'],
} satisfies Record<string, Pair>

/** Codes that stand in them; named apart, because other lists have the same codes with other words. */
export const couponValues: Record<string, Pair> = {
  'coupon.VOUCHER': ['代金券', 'Voucher'], 'coupon.CASH': ['现金券', 'Cash coupon'], 'coupon.DELIVERY': ['提货券', 'Delivery coupon'],
  'coupon.INACTIVE': ['待激活', 'Inactive'], 'coupon.ACTIVE': ['可使用', 'Active'], 'coupon.USED': ['已使用', 'Used'], 'coupon.EXPIRED': ['已过期', 'Expired'], 'coupon.RECLAIMED': ['已回收', 'Reclaimed'],
  'coupon.quota_granted': ['授予额度', 'Quota granted'], 'coupon.quota_withdrawn': ['收回额度', 'Quota withdrawn'], 'coupon.issued': ['发放', 'Issued'], 'coupon.reclaimed': ['回收', 'Reclaimed'], 'coupon.returned_expiry': ['到期回收', 'Returned on expiry'],
  'coupon.returned_disassociation': ['解绑回收', 'Returned on disassociation'], 'coupon.returned_withdrawal': ['客户全额提现回收', "Returned on a customer's full withdrawal"], 'coupon.lapsed': ['到期失效', 'Lapsed'],
  'coupon.quota_issued': ['发放额度', 'Quota issued'], 'coupon.quota_reclaimed': ['回收额度', 'Quota reclaimed'], 'coupon.member': ['成员', 'Member'], 'coupon.system': ['系统', 'System'], 'coupon.vendor': ['运营', 'Vendor operator'], 'coupon.distributor': ['总经销商', 'Distributor'],
  'coupon.success': ['成功', 'Success'],
  'quota.vendor': ['运营授予', 'Vendor'], 'quota.distributor': ['总经销商', 'Distributor'], 'quota.incentive': ['返还激励', 'Returned incentive'], 'quota.NOT_STARTED': ['未生效', 'Not started'], 'quota.ACTIVE': ['有效', 'Active'], 'quota.USED_UP': ['已用完', 'Used up'],
  'quota.EXPIRED': ['已过期', 'Expired'], 'quota.RECLAIMED': ['已回收', 'Reclaimed'], 'invoice.PARTNER': ['伙伴', 'Partner'], 'invoice.USER': ['用户', 'User'], 'order.NEW': ['新购', 'New'], 'order.RENEWAL': ['续费', 'Renewal'], 'order.CHANGE': ['变更', 'Change'], true: ['是', 'Yes'],
}
