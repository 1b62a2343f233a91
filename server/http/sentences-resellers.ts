// What quota to resellers says when it is refused. `{name}` is filled from the refusal's facts.

export const resellerSentencesZh: Record<string, string> = { quotas_refused: '有 {count} 行未通过检查，未发放、未回收任何额度。', reseller_unknown: '云经销商不存在。', quota_only_customer: '该额度由客户退回，只能发放给原客户，不能发放给云经销商。' }
export const resellerSentencesEn: Record<string, string> = { quotas_refused: '{count} rows were refused. No quota was issued or reclaimed.', reseller_unknown: 'There is no such reseller.', quota_only_customer: 'This quota came back from a customer and is for that customer only, not for resellers.' }
export const resellerRowsZh: Record<string, string> = { reseller_closed: '该云经销商已冻结或已退出，不能获得额度。', source_closed: '来源额度已不在有效期内，剩余额度无处可回。' }
export const resellerRowsEn: Record<string, string> = { reseller_closed: 'This reseller is frozen or has left, and gets no quota.', source_closed: 'The quota it came from is no longer in force, so the rest has nowhere to go back to.' }
