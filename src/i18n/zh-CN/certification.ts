/** Whether the partner can be paid, in one line: for every page about payouts. */
export const certification = {
  state: { NOT_SUBMITTED: '未认证', UNDER_REVIEW: '审核中', TEST_PAYMENT: '待打款验证', CERTIFIED: '已认证', FAILED: '认证失败', LOCKED: '已锁定' },
  is_done: '商业信息已认证',
  missing: '申请发放前须完成商业信息认证。下一步：{{step}}',
  step: {
    company_data: '请联系生态经理录入公司信息', company: '填写公司信息', bank: '填写收款账户', tax: '填写税务信息并上传证明',
    review: '等待审核', test_payment: '填写收到的打款验证金额', name: '公司名称已变更，请重新认证',
    FAILED: '按原因修改后重新提交', LOCKED: '提交工单，由云平台解锁',
  },
  go: '前往商业信息认证',
} as const
