import { business } from './business.ts'
import { incentive_invoices } from './incentive-invoices.ts'
import { payments } from './payments.ts'

/** What the pages about paying incentives need besides the texts of every page. */
export const payouts = {
  business, incentive_invoices, payments,
  errors: { field: {
    credit_code: '请输入 18 位数字或大写字母', bank_number: '请输入 8 至 30 位数字的银行账号', rate: '请输入 0 至 99.99 之间、最多两位小数的税率', account_not_company: '户名须与公司名称一致', account_private: '这是个人账户，请填写公司的对公账户', credit_code_foreign: '与公司信息中的统一社会信用代码不一致', address_short: '请输入 5 至 200 个字符的地址', taxpayer_status: '请选择纳税人身份',
    invoice_number: '请输入 8 位或 20 位数字', invoice_code: '请输入 10 位或 12 位数字', tracking_number: '请输入快递单号，仅限字母、数字和连字符', invoice_tax: '请输入发票上的税额，没有则填 0', invoice_total: '价税合计与应开票金额不一致', invoice_date: '请选择开票日期，不能晚于今天', invoice_kind: '请选择发票类型', file_missing: '请上传文件', file_waits: '请等待文件上传完成',
  } },
} as const
