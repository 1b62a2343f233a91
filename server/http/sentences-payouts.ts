// What the payout of incentives says when it refuses. `{name}` is filled from the refusal's facts.

export const payoutSentencesZh = {
  business_not_certified: '商业信息尚未认证，或变更正在审核，不能申请发放。请先完成商业信息认证。', unpaid_bills: '有未付的伙伴账单，付清后才能申请发放。', invoice_list_waiting: '开票清单尚未生成，请稍后再试。',
  business_under_review: '商业信息正在审核，请等待结果。', business_test_waits: '请先填写收到的打款金额，完成验证。', business_locked: '打款验证已锁定，请提交工单，由运营人员解锁。', business_no_test: '当前没有待验证的打款。', certificate_gone: '税务证明文件已失效，请重新上传。',
  payments_refused: '有 {count} 份账单不能申请发放，未提交任何申请。', payment_total: '所选账单合计为 {total}，须大于零才能申请发放。', payment_stale: '金额已变化：现为 {total}，请核对后重新提交。', payment_state: '申请的状态已变化，不能再执行此操作。', payment_left: '退出伙伴计划已满一年，不能再申请发放。',
  payment_quarterly: '按季度的申请请在“项目激励”中重新提交。', payment_option: '该发放方式不适用于所选账单。', quarter_blocked: '该季度暂不能申请付款。', automatic_option: '请选择发放方式。',
  invoice_state: '该申请当前不需要提交发票。', invoice_countersigning: '双方会签结束后才能查看开票清单和提交发票。', invoice_file_gone: '发票文件已失效，请重新上传。', file_type_invoice: '请上传 PDF 或 OFD 文件。', file_active: '文件含有脚本或嵌入内容，请换一个文件。',
}
export const payoutSentencesEn: { [K in keyof typeof payoutSentencesZh]: string } = {
  business_not_certified: 'Your business information is not certified, or a change is under review, so payment cannot be requested. Complete the certification first.', unpaid_bills: 'There are unpaid partner bills. Pay them before you request payment.', invoice_list_waiting: 'The invoice list is not available yet. Try again later.',
  business_under_review: 'The business information is under review. Wait for the result.', business_test_waits: 'Type the amount of the test payment first.', business_locked: 'The test payment is locked. Open a ticket to have it unlocked.', business_no_test: 'No test payment waits to be confirmed.', certificate_gone: 'The certificate is no longer kept. Upload it again.',
  payments_refused: '{count} statements cannot be requested. Nothing was submitted.', payment_total: 'The chosen statements come to {total}. Only a total above zero can be requested.', payment_stale: 'The amount has changed: it is {total} now. Check it and submit again.', payment_state: 'The request has moved on, so this can no longer be done.', payment_left: 'The year after leaving the program is over, so payment cannot be requested any more.',
  payment_quarterly: 'Submit a quarterly request again under Project Incentives.', payment_option: 'The chosen statements cannot be paid this way.', quarter_blocked: 'This quarter cannot be requested yet.', automatic_option: 'Choose a payout option.',
  invoice_state: 'This request waits for no invoice.', invoice_countersigning: 'The invoice list and the invoice follow once both sides have signed.', invoice_file_gone: 'The invoice file is no longer kept. Upload it again.', file_type_invoice: 'Upload a PDF or OFD file.', file_active: 'The file holds scripts or embedded content. Choose another one.',
}
export const payoutFieldsZh: Record<string, string> = {
  rate: '请输入 0.00 至 99.99 之间、两位小数的百分比。', credit_code: '统一社会信用代码不正确。', credit_code_other: '与公司信息中的统一社会信用代码不一致。', bank_number: '请输入 8 至 30 位数字的银行账号。', account_not_company: '账户名称须与公司名称一致。', account_private: '不支持个人账户，请使用对公账户。',
  month: '请选择月份。', quarter: '请选择季度。', invoice_number: '发票号码为 8 位或 20 位数字。', invoice_code: '发票代码为 10 位或 12 位数字。', invoice_code_paper: '请填写纸质发票的发票代码。', invoice_code_electronic: '电子发票没有发票代码。', tracking_number: '请输入字母、数字或横线组成的运单号。', invoice_ordinary: '不接受增值税普通发票。', invoice_kind: '该类账单只接受增值税专用发票（纸质）。',
  invoice_amount: '价税合计须等于应开票金额。', invoice_sum: '不含税金额与税额之和须等于价税合计。', invoice_number_used: '该发票号码已使用过。', invoice_date: '开票日期不能晚于今天。', invoice_file: '请上传电子发票文件。', invoice_no_file: '纸质发票不需要上传文件。',
}
export const payoutFieldsEn: Record<string, string> = {
  rate: 'Enter a percentage from 0.00 to 99.99 with two decimals.', credit_code: 'This is no unified credit code.', credit_code_other: 'This is not the unified credit code of your company information.', bank_number: 'Enter an account number of 8 to 30 digits.', account_not_company: 'The account name must be the company name.', account_private: 'Private accounts are not accepted. Use an account of the company.',
  month: 'Choose a month.', quarter: 'Choose a quarter.', invoice_number: 'An invoice number has 8 or 20 digits.', invoice_code: 'An invoice code has 10 or 12 digits.', invoice_code_paper: 'Enter the code of the paper invoice.', invoice_code_electronic: 'An electronic invoice has no code.', tracking_number: 'Enter letters, digits and hyphens.', invoice_ordinary: 'Ordinary VAT invoices are not accepted.', invoice_kind: 'For these statements only special VAT invoices on paper are accepted.',
  invoice_amount: 'The total must be exactly the amount to invoice.', invoice_sum: 'Amount without tax and tax must come to the total.', invoice_number_used: 'This invoice number was used before.', invoice_date: 'The date cannot be later than today.', invoice_file: 'Upload the electronic invoice.', invoice_no_file: 'A paper invoice has no file.',
}
export const payoutRowsZh: Record<string, string> = { not_confirmed: '账单未确认或已发放。', frozen: '账单已冻结，没有可申请的金额。', in_request: '已在其他发放申请中。', quarterly: '项目激励按季度申请付款。', option_not_offered: '该激励计划不提供此发放方式。' }
export const payoutRowsEn: Record<string, string> = { not_confirmed: 'Not confirmed, or issued already.', frozen: 'Frozen: nothing of it can be requested.', in_request: 'In another payment request.', quarterly: 'Project incentives are requested by quarter.', option_not_offered: 'Its program does not offer this option.' }
