type Pair = readonly [zh: string, en: string]

/** Headers and filters of the lists of incentive statements and their lines. */
export const incentiveLabels = {
  statementNumber: ['账单编号', 'Statement number'], period: ['账期', 'Period'], year: ['年份', 'Year'], program: ['激励计划', 'Program'], programKind: ['计划类型', 'Kind of program'], onDeadline: ['到期处理', 'At the deadline'], statementState: ['状态', 'State'],
  incentiveAmount: ['账单金额', 'Amount'], confirmedAmount: ['确认金额', 'Confirmed amount'], confirmUntil: ['确认截止时间', 'Confirm until'], confirmedAt: ['确认时间', 'Confirmed at'], feedback: ['问题反馈', 'Feedback'],
  frozen: ['冻结金额', 'Frozen'], inPayment: ['发放中金额', 'In payment'], paid: ['已发放金额', 'Paid'], payable: ['待申付金额', 'Payable'], lineCount: ['明细数', 'Lines'],
  lineNumber: ['明细编号', 'Line number'], noCustomer: ['无客户原因', 'Why there is no customer'], order: ['订单号', 'Order'], dataNumber: ['数据编号', 'Data number'], productType: ['产品类型', 'Product type'], billingMode: ['计费模式', 'Billing mode'],
  baseAmount: ['计算基数', 'Base amount'], rate: ['激励比例 (%)', 'Rate (%)'], incentive: ['激励金额', 'Incentive'], tax: ['税额', 'Tax'], excluded: ['剔除原因', 'Excluded because'], adjustment: ['调整金额', 'Adjustment'], adjustmentReason: ['调整原因', 'Reason of the adjustment'],
  net: ['净额', 'Net'], reseller: ['云经销商', 'Reseller'], bar: ['金额构成', 'How it is formed'], isFrozen: ['冻结', 'Frozen'],
} satisfies Record<string, Pair>

/** Codes that stand in them; named apart, because other lists have the same codes with other words. */
export const incentiveValues: Record<string, Pair> = {
  'statement.ESTIMATED': ['预估', 'Estimated'], 'statement.PENDING_CONFIRMATION': ['待确认', 'To confirm'], 'statement.CONFIRMED': ['已确认', 'Confirmed'], 'statement.ISSUING': ['发放中', 'In payment'],
  'statement.ISSUED': ['已发放', 'Paid'], 'statement.LAPSED': ['已失效', 'Lapsed'],
  'programKind.sales': ['销售激励', 'Sales'], 'programKind.project': ['项目激励', 'Project'], 'programKind.delivery': ['交付激励', 'Delivery'], 'programKind.marketplace': ['云商店', 'Marketplace'], 'programKind.procurement': ['采购', 'Procurement'],
  'onDeadline.LAPSE': ['逾期失效', 'Lapses'], 'onDeadline.AUTO_CONFIRM': ['到期自动确认', 'Confirmed automatically'],
  'noCustomer.DISASSOCIATED': ['客户已解除关联', 'Customer disassociated'], 'noCustomer.PARTNER_LEVEL': ['伙伴级激励', 'Partner as a whole'], 'noCustomer.NOT_NAMED': ['未注明客户', 'Customer not named'],
  'billingMode.PAY_PER_USE': ['按需', 'Pay per use'], 'billingMode.YEARLY_MONTHLY': ['包年包月', 'Yearly/monthly'], 'billingMode.ONE_TIME': ['一次性', 'One time'],
  'feedbackState.OPEN': ['反馈中', 'Open'], 'feedbackState.ANSWERED': ['已回复', 'Answered'], 'feedbackState.CLOSED': ['已关闭', 'Closed'], 'feedbackState.none': ['无反馈', 'None'],
  'isFrozen.true': ['是', 'Yes'], 'isFrozen.false': ['否', 'No'], 'todo.confirm': ['可以确认', 'Can be confirmed'], 'todo.request': ['可以申请发放', 'Can be requested'],
  'bar.performance': ['业绩激励', 'Performance incentive'], 'bar.excluded': ['剔除明细', 'Excluded lines'], 'bar.tax': ['税额', 'Tax'], 'bar.adjustments': ['调整', 'Adjustments'], 'bar.negative': ['负激励', 'Negative incentives'], 'bar.lapsed': ['已失效', 'Lapsed'],
  'bar.frozen': ['冻结', 'Frozen'], 'bar.unconfirmed': ['待确认', 'To confirm'], 'bar.inPayment': ['发放中', 'In payment'], 'bar.paid': ['已发放', 'Paid'], 'bar.carried': ['结转', 'Carried over'],
}
