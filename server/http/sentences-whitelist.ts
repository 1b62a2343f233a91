// What the whitelist and its files say when they are refused. `{name}` is filled from the refusal's facts.

export const whitelistSentencesZh: Record<string, string> = {
  whitelist_listed: '该客户已在白名单中。', whitelist_full: '白名单最多 10,000 个客户。', whitelist_preview_gone: '预览已失效，请重新上传文件。', whitelist_stale: '预览之后白名单已变化，未做任何更改。请重新上传文件。', whitelist_rows: '有 {refused} 行未通过检查，未导入任何客户。',
  sheet_type: '请上传 XLSX 或 CSV 文件，未做任何更改。', sheet_broken: '文件已损坏或无法读取，未做任何更改。请用模板重新制作。', sheet_active: '文件含有宏、控件、嵌入或外部链接，未做任何更改。请另存为不含这些内容的 XLSX。',
  sheet_locked: '文件有密码或为旧版 XLS 格式，未做任何更改。请另存为无密码的 XLSX。', sheet_unpacked: '文件展开后超过 20 MB，未做任何更改。', sheet_entities: '文件含有不允许的声明（DOCTYPE），未做任何更改。', sheet_formula: '文件含有公式，未做任何更改。请只粘贴值。', sheet_formula_at: '单元格 {cell} 含有公式，未做任何更改。请只粘贴值。',
  sheet_encoding: '无法识别文件编码，未做任何更改。CSV 须为 UTF-8 或 GB18030。', sheet_rows: '文件超过 10,000 行，未做任何更改。', sheet_columns: '表头须为模板的两列：账号、客户名称，未做任何更改。', sheet_empty: '文件中没有客户，未做任何更改。',
}
export const whitelistSentencesEn: Record<string, string> = {
  whitelist_listed: 'This customer is on the whitelist already.', whitelist_full: 'The whitelist has at most 10,000 customers.', whitelist_preview_gone: 'This preview is over. Upload the file again.', whitelist_stale: 'The whitelist was changed after the preview, so nothing was imported. Upload the file again.', whitelist_rows: '{refused} rows were refused. Nothing was imported.',
  sheet_type: 'Upload an XLSX or CSV file. Nothing was changed.', sheet_broken: 'This file is damaged or cannot be read. Nothing was changed. Make it anew from the template.', sheet_active: 'This file has macros, controls, embedded files or external links. Nothing was changed. Save it as an XLSX without them.',
  sheet_locked: 'This file has a password or is of the old XLS kind. Nothing was changed. Save it as an XLSX without a password.', sheet_unpacked: 'This file unfolds to more than 20 MB. Nothing was changed.', sheet_entities: 'This file has a declaration that is not allowed (DOCTYPE). Nothing was changed.', sheet_formula: 'This file has formulas. Nothing was changed. Paste values only.', sheet_formula_at: 'Cell {cell} has a formula. Nothing was changed. Paste values only.',
  sheet_encoding: 'The encoding of this file is not known. Nothing was changed. CSV must be UTF-8 or GB18030.', sheet_rows: 'This file has more than 10,000 rows. Nothing was changed.', sheet_columns: 'The headings must be the two of the template: Account, Customer name. Nothing was changed.', sheet_empty: 'This file has no customers. Nothing was changed.',
}
export const whitelistFieldsZh: Record<string, string> = { whitelist_unknown: '没有此名称或账号的客户。', whitelist_several: '有多个客户使用此名称，请输入账号。' }
export const whitelistFieldsEn: Record<string, string> = { whitelist_unknown: 'There is no customer of this name or account.', whitelist_several: 'Several customers have this name. Enter the account.' }
