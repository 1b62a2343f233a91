import type { RefusalCode } from '#contract/errors.ts'
import type { Locale } from '#contract/people.ts'
import { couponFieldsEn, couponFieldsZh, couponRowsEn, couponRowsZh, couponSentencesEn, couponSentencesZh } from './sentences-coupons.ts'
import { payoutFieldsEn, payoutFieldsZh, payoutRowsEn, payoutRowsZh, payoutSentencesEn, payoutSentencesZh } from './sentences-payouts.ts'
import { resellerRowsEn, resellerRowsZh, resellerSentencesEn, resellerSentencesZh } from './sentences-resellers.ts'
import { whitelistFieldsEn, whitelistFieldsZh, whitelistSentencesEn, whitelistSentencesZh } from './sentences-whitelist.ts'

/** `{name}` is filled from the refusal's facts. The console shows these sentences as they are. */
type Sentences = Record<RefusalCode, string> & Record<string, string>

const zhCN: Sentences = {
  ...couponSentencesZh, ...payoutSentencesZh, ...whitelistSentencesZh, ...resellerSentencesZh,
  malformed: '请求内容无法识别，未做任何更改。', invalid_input: '有内容填写不正确，请按提示修改。', unknown_field: '请求中有不支持的字段，未做任何更改。',
  masked_value: '不能提交脱敏内容。', idempotency_key_missing: '请求缺少有效的请求标识，未做任何更改。', code_malformed: '请输入 6 位数字验证码。',
  wrong_credentials: '账号或密码不正确。', not_signed_in: '登录已失效，请重新登录。',
  csrf: '请求来源无法确认，未做任何更改。请刷新页面后重试。', no_permission: '您没有此操作的权限，请联系管理员。', partner_state: '伙伴当前状态不允许此操作，资金未变动。', proof_required: '此操作需要确认。',
  not_found: '内容不存在。', method_not_allowed: '不支持的请求方式。',
  conflict: '数据已变化，请刷新后重试。', stale: '数据已变化，请刷新后重试。', insufficient_funds: '可用余额不足：可用 {available}，需要 {needed}，差额 {short}。资金未变动。',
  rows_refused: '有 {count} 行未通过检查，资金未变动。', in_progress: '同一请求正在处理，请稍候。', proof_closed: '本次验证已失效，操作未执行。', sends_used_up: '本次操作的验证码发送次数已用完。',
  no_channel: '没有可用的验证方式，请联系管理员。', last_session: '不能结束当前登录。', export_limit: '同时最多进行 2 个导出任务，请等其中一个完成。',
  too_large: '内容过大，未做任何更改。', unsupported_media: '不支持的内容格式。',
  code_wrong: '验证码错误，还可尝试 {attemptsLeft} 次。', code_expired: '验证码已过期，请重新获取。', idempotency_mismatch: '同一请求标识对应了不同的内容，未做任何更改。',
  proof_locked: '验证功能已锁定。', too_many_requests: '操作过于频繁，请稍后重试。',
  internal: '系统出错，操作未完成。请稍后重试，或提供请求编号联系支持。', send_failed: '验证码发送失败，请尝试其他方式。', outcome_unknown: '结果未知，正在查询。请勿重新提交。',
  busy: '系统繁忙，操作未执行，请稍后重试。', closing: '系统正在重启，操作未执行，请稍后重试。',
  sent_too_soon: '请在 {seconds} 秒后重新获取。', send_limit: '获取验证码过于频繁，请于 {time} 后重试。', person_locked: '验证功能已锁定，{time} 后恢复。',
  attempts_used_up: '验证码错误次数过多，操作未执行，请重新提交。', proof_expired: '本次验证已失效，操作未执行。', proof_used: '该操作已执行。',
  proof_needed: '此操作需要确认。', proof_changed: '操作内容已变化，原验证码失效，请核对后重新提交。',
  sign_in_limit: '登录失败次数过多，请于 {time} 后重试。', lookup_limit: '按敏感信息查找过于频繁，请于 {time} 后重试。', view_gone: '此次查找已不再保留，请重新查找。', reveal_limit: '查看敏感信息过于频繁，请于 {time} 后重试。',
  books_closed: '账目核对未通过，资金操作已暂停，资金未变动。请联系支持。', no_operation: '您所属的伙伴类型没有此操作。', credit_limit_below_used: '信用额度不能低于已用额度 {used}。', sign_in_wait: '请在 {seconds} 秒后重试。', set_up_gone: '此链接已失效，请联系为您开通的人。',
  invite_blocked: '当前不能邀请客户，请联系生态经理。', link_closed: '邀请已失效，请联系伙伴重新邀请。', account_taken: '该账号名已被使用，请换一个。', documents_changed: '协议内容已更新，请重新阅读。',
  invites_refused: '有 {count} 行不能邀请，未发送任何邮件。', invite_mail_limit: '24 小时内最多发送 {max} 封邀请邮件，请于 {time} 后重试。', report_limit: '报备检查过于频繁，请于 {time} 后重试。', revoke_closed: '该邀请已失效，无法撤销。', prospect_closed: '该报备已结束，无法修改。',
  specialist_blocked: '当前不能邀请项目专员，请联系生态经理。', specialist_limit: '24 小时内最多邀请 {max} 次项目专员，请于 {time} 后重试。', specialist_open: '此人已在列表中。已失效的邀请请重新发送；已绑定的请先解绑。', specialist_closed: '该邀请的状态已变化，不能再执行此操作。', specialist_too_soon: '请在 {seconds} 秒后重新发送。',
  specialist_enterprise: '企业账号不能成为项目专员，请使用个人账号。', specialist_other_account: '此邀请只能由受邀的账号接受，请登录该账号。', specialist_taken: '该账号已是其他伙伴的项目专员，或正在审核，不能同时接受。',
  custom_links_limit: '24 小时内最多生成 100 个自定义邀请链接，{time} 后可再次生成。', link_over: '该链接已失效，不能再使用。', activity_over: '活动已结束。', no_resale: '您的伙伴不可发展代售客户。',
  assignments_refused: '有 {count} 行不能办理，未做任何更改。', manager_unfit: '该成员已停用或不是客户经理，未做任何更改。', in_other_plan: '有 {planned} 个客户已在其他移交计划中，请先取消该计划，或在本次移交中保留这些客户。', handover_begun: '该移交已生效或已取消，不能再取消。', nothing_to_hand_over: '该客户经理没有可移交的客户、报备和邀请。',
  accounts_per_mobile: '此手机号已注册 5 个账号，请使用已有账号登录。', last_administrator: '这是最后一位可管理成员的系统管理员，不能停用、更改角色或取消成员管理权限。', not_oneself: '不能对自己执行此操作。', own_account: '请在“个人资料”中修改自己的账号。', own_sign_ins: '请在“登录设备”中管理自己的登录。', master_account: '主账号不能在此更改，请联系生态经理。',
  has_customers: '该成员名下有 {count} 个客户，请先移交客户。', not_locked: '该成员未被锁定。', member_disabled: '该成员已停用，请先启用。', member_beyond: '该成员的权限超出您的权限，请联系系统管理员。', rights_by_administrators: '只有系统管理员可以分配角色和权限。', open_handover: '该成员有未完成的移交，请等待移交完成或先取消移交。', no_authenticators: '该成员没有验证器。',
  roles_full: '最多可创建 {max} 个自定义角色。', role_in_use: '该角色仍有 {count} 位成员使用，请先更换他们的角色：{members}。',
  no_mobile: '您的账号没有已验证的手机号，无法接收验证码。',
  authenticator_needed: '管理员要求用身份验证器或通行密钥确认此操作，不能使用短信或邮件验证码。', no_authenticator: '您还没有添加身份验证器或通行密钥，请先在“个人资料”中添加。', opens_by_authenticator: '您已有身份验证器或通行密钥，请用它确认身份。',
  challenge_gone: '等待时间过长或已使用，请重试。', guesses_used_up: '验证码错误次数过多，请于 {time} 后重试。', authenticators_full: '最多添加 {max} 个，请先移除一个。', passkey_host: '通行密钥不能用于以 IP 地址打开的控制台，请用域名打开，本机请用 localhost。',
  passkey_refused: '通行密钥未能确认，未添加。请重试。', passkey_known: '该通行密钥已被添加。', last_authenticator: '已有操作须用验证器，而您是唯一拥有验证器的系统管理员，不能移除最后一个。请先添加另一个，或取消该要求。', authenticator_first: '请先为自己添加身份验证器或通行密钥，再作此要求。',
  opening_gone: '身份验证已失效，请重新验证。', no_contact_master: '没有可用的联系方式，请联系生态经理。',
  file_type: '请上传 PNG、JPEG 或 PDF 文件。', file_broken: '文件无法读取，请换一个文件。', file_pixels: '图片过大，最多 4000 万像素。', file_bytes: '文件最大 5 MB。', file_part: '请选择一个文件。', files_full: '文件总量已达 200 MB，请联系生态经理。', licence_gone: '营业执照文件已失效，请重新上传。',
  company_missing: '公司信息尚未录入，请联系生态经理。', company_under_review: '已有变更正在审核，请等待结果或先撤回。', company_unchanged: '没有任何更改。', company_decided: '该变更已审核或已撤回。', licence_other_code: '营业执照的统一社会信用代码与贵公司不一致。', licence_for_name: '变更公司名称需要上传新的营业执照。',
  statements_refused: '{count} 份账单不能确认，未确认任何账单。', period_incomplete: '同一账期的账单须一并确认，还有 {count} 份：{missing}。', feedback_over: '账单已确认或已失效，不能再反馈。', feedback_open: '该明细的反馈尚未回复，请等待回复后再反馈。',
  unchanged: '没有任何更改。', notices_taken_over: '消息设置由您的伙伴统一管理，不能修改。',
  managed_by_unified: '您使用统一账号登录，手机号码、邮箱和密码请在统一账号中修改。', member_unified: '该成员使用统一账号登录，没有可重置的密码。',
}

const enUS: Sentences = {
  ...couponSentencesEn, ...payoutSentencesEn, ...whitelistSentencesEn, ...resellerSentencesEn,
  malformed: 'The request could not be read. Nothing was changed.', invalid_input: 'Some input needs to be corrected.', unknown_field: 'The request has a field that is not supported. Nothing was changed.',
  masked_value: 'A masked value cannot be submitted.', idempotency_key_missing: 'The request has no valid request key. Nothing was changed.', code_malformed: 'Enter the code of six digits.',
  wrong_credentials: 'Account or password is wrong.', not_signed_in: 'You are no longer signed in. Please sign in again.',
  csrf: 'The origin of the request could not be confirmed. Nothing was changed. Reload the page and try again.', no_permission: 'You have no right to do this. Ask your administrator.', partner_state: 'The state of the partner does not allow this. No money moved.', proof_required: 'This operation must be confirmed.',
  not_found: 'This does not exist.', method_not_allowed: 'This method is not supported.',
  conflict: 'This was changed meanwhile. Reload and check.', stale: 'This was changed meanwhile. Reload and check.', insufficient_funds: 'Available {available}, needed {needed}, short {short}. No money moved.',
  rows_refused: '{count} rows were refused. No money moved.', in_progress: 'The same request is being worked on. Please wait.', proof_closed: 'This confirmation has expired. The operation was not carried out.', sends_used_up: 'No more codes can be sent for this operation.',
  no_channel: 'There is no way to send you a code. Ask your administrator.', last_session: 'This sign-in cannot be ended here.', export_limit: 'Two exports run at a time at most. Wait until one is done.',
  too_large: 'This is too large. Nothing was changed.', unsupported_media: 'This content type is not supported.',
  code_wrong: 'Wrong code. Attempts left: {attemptsLeft}.', code_expired: 'The code has expired. Get a new one.', idempotency_mismatch: 'The same request key came with other content. Nothing was changed.',
  proof_locked: 'Verification is locked.', too_many_requests: 'Too many requests. Try again later.',
  internal: 'Something went wrong and the operation was not completed. Try again later, or quote the request id to support.', send_failed: 'The message could not be sent. Try the other channel.', outcome_unknown: 'The result is not known yet and is being checked. Do not submit again.',
  busy: 'The system is busy and the operation was not carried out. Try again later.', closing: 'The system is restarting and the operation was not carried out. Try again later.',
  sent_too_soon: 'Please wait {seconds} seconds before asking for another code.', send_limit: 'Too many codes requested. Try again at {time}.', person_locked: 'Verification is locked until {time}.',
  attempts_used_up: 'Too many wrong codes. The operation was not carried out. Please submit it again.', proof_expired: 'This confirmation has expired. The operation was not carried out.', proof_used: 'This operation has already been carried out.',
  proof_needed: 'This operation must be confirmed.', proof_changed: 'The details changed after the code was sent. Please check and submit again.',
  sign_in_limit: 'Too many failed sign-ins. Try again at {time}.', lookup_limit: 'Too many look-ups by personal data. Try again at {time}.', view_gone: 'This look-up is no longer kept. Please search again.', reveal_limit: 'You have viewed too much full data. Try again at {time}.',
  books_closed: 'The books did not balance, so money operations are paused. No money moved. Please contact support.', no_operation: 'Your partner type does not have this operation.', credit_limit_below_used: 'The credit limit cannot be below the {used} that is used.', sign_in_wait: 'Try again in {seconds} seconds.', set_up_gone: 'This link is no longer valid. Ask whoever set up your account.',
  invite_blocked: 'Customers cannot be invited at present. Ask your ecosystem manager.', link_closed: 'This invitation is not valid any more. Ask the partner for a new one.', account_taken: 'This account name is taken. Choose another one.', documents_changed: 'The documents have changed. Please read them again.',
  invites_refused: 'Rows that cannot be invited: {count}. No mail was sent.', invite_mail_limit: 'At most {max} invitation mails in 24 hours. Try again at {time}.', report_limit: 'Too many checks of prospects. Try again at {time}.', revoke_closed: 'This invitation is over and cannot be revoked.', prospect_closed: 'This report is over and cannot be changed.',
  specialist_blocked: 'Project specialists cannot be invited at present. Ask your ecosystem manager.', specialist_limit: 'At most {max} invitations of project specialists in 24 hours. Try again at {time}.', specialist_open: 'This person is in the list already. Send a lapsed invitation again; unbind a bound specialist first.', specialist_closed: 'This invitation has moved on, so this can no longer be done.', specialist_too_soon: 'Send it again in {seconds} seconds.',
  specialist_enterprise: 'An enterprise account cannot become a project specialist. Use a personal account.', specialist_other_account: 'Only the invited account can accept this. Sign in with that one.', specialist_taken: 'This account is a project specialist of a partner already, or under review, and cannot accept a second time.',
  custom_links_limit: 'At most 100 custom links in 24 hours. Next possible at {time}.', link_over: 'This link is over and cannot be used any more.', activity_over: 'This activity is over.', no_resale: 'Your partner cannot develop resale customers.',
  assignments_refused: 'Rows that cannot be carried out: {count}. Nothing was changed.', manager_unfit: 'This member is disabled or no account manager. Nothing was changed.', in_other_plan: '{planned} customers are in another handover plan. Cancel that one, or keep these customers.', handover_begun: 'This handover has begun or was cancelled already.', nothing_to_hand_over: 'This account manager has no customers, reports or invitations to hand over.',
  accounts_per_mobile: 'Five accounts have this mobile number already. Sign in with one of them.', last_administrator: 'This is the last administrator who manages members, and can neither be disabled nor get another role nor lose that permission.', not_oneself: 'You cannot do this to yourself.', own_account: 'Change your own account under Account Information.', own_sign_ins: 'Manage your own sign-ins under Sign-ins.', master_account: 'The master account cannot be changed here. Ask your ecosystem manager.',
  has_customers: 'Customers this member has: {count}. Hand them over first.', not_locked: 'This member is not locked.', member_disabled: 'This member is disabled. Enable the account first.', member_beyond: 'This member may do more than you. Ask an administrator.', rights_by_administrators: 'Only administrators give roles and permissions.', open_handover: 'This member is part of a handover that is not done. Wait for it, or cancel it first.', no_authenticators: 'This member has no authenticator.',
  roles_full: 'There can be {max} custom roles.', role_in_use: 'Members who still have this role: {count}. Change theirs first: {members}.',
  no_mobile: 'Your account has no verified mobile number to send a code to.',
  authenticator_needed: 'An administrator requires an authenticator app or a passkey for this operation. Codes by message do not confirm it.', no_authenticator: 'You have no authenticator app or passkey yet. Add one under Account Information.', opens_by_authenticator: 'You have an authenticator app or a passkey. Confirm with that one that it is you.',
  challenge_gone: 'This took too long or was used already. Please try again.', guesses_used_up: 'Too many wrong codes. Try again at {time}.', authenticators_full: 'You can have at most {max}. Remove one first.', passkey_host: 'Passkeys do not work in a console that is opened by an IP address. Open it by its name, on this machine by localhost.',
  passkey_refused: 'The passkey could not be confirmed and was not added. Please try again.', passkey_known: 'This passkey was added already.', last_authenticator: 'Operations need an authenticator, and you are the only administrator who has one. Add another one first, or end the requirement.', authenticator_first: 'Add an authenticator app or a passkey of your own before you require them.',
  opening_gone: 'The identity check has ended. Please do it again.', no_contact_master: 'There is no contact left to send you a code. Ask your ecosystem manager.',
  file_type: 'Upload a PNG, JPEG or PDF file.', file_broken: 'This file cannot be read. Choose another one.', file_pixels: 'The picture is too large. At most 40 megapixels.', file_bytes: 'A file has at most 5 MB.', file_part: 'Choose one file.', files_full: 'Your files have reached 200 MB. Ask your ecosystem manager.', licence_gone: 'The licence is no longer kept. Upload it again.',
  company_missing: 'The company has not been entered yet. Ask your ecosystem manager.', company_under_review: 'A change is under review. Wait for the result, or withdraw it.', company_unchanged: 'Nothing was changed.', company_decided: 'This change was reviewed or withdrawn already.', licence_other_code: 'The licence shows another unified credit code than your company has.', licence_for_name: 'Renaming the company needs its new licence.',
  statements_refused: '{count} statements cannot be confirmed. None was.', period_incomplete: 'Statements of one month are confirmed together. {count} more belong to it: {missing}.', feedback_over: 'The statement is confirmed or has lapsed, so feedback is over.', feedback_open: 'The feedback on this line has not been answered yet. Wait for the answer.',
  unchanged: 'Nothing was changed.', notices_taken_over: 'Your partner settles which messages you get. You cannot change this.',
  managed_by_unified: 'You sign in with your unified ID. Change mobile, mail address and password there.', member_unified: 'This member signs in with a unified ID, so there is no password to reset.',
}

const fieldZh: Record<string, string> = {
  ...couponFieldsZh, ...payoutFieldsZh, ...whitelistFieldsZh,
  mobile: '请输入中国大陆手机号码。', email: '请输入一个邮箱地址，最多 64 个字符。', too_long: '内容过长。', characters: '不能包含链接、邮箱、控制字符或不可见字符。',
  required: '必填。', amount: '请输入 0.01 至 9,999,999,999.99 之间、最多两位小数的金额。', name_part: '请输入 2 至 64 个字符。', last4_or_full: '请输入完整内容或后 4 位。', number: '请输入数字编号。', tag: '标签最多 64 个字符，不能包含链接、邮箱或控制字符。',
  total_max: '合计金额超过 9,999,999,999.99。', password: '密码须为 8 至 128 个字符，且不能是常见密码。',
  rows_min: '至少选择 1 行。', rows_max: '最多选择 100 行。', code: '请输入 6 位数字验证码。', unknown_field: '不支持的字段。', invalid: '内容不正确。',
  same_manager: '请选择另一位客户经理。', plan_day: '请选择今天至 90 天内的日期。',
  phone_differs: '请使用伙伴报备的手机号注册。', account_name: '账号名须以字母开头，为 5 至 32 个字母、数字、点、横线或下划线。', account_taken: '该账号名已被使用。', login: '登录名为 5 至 32 个小写字母、数字、点、横线或下划线，以字母或数字开头。', login_taken: '该登录名已被使用。', contact_required: '请填写手机号码或邮箱。', role_name_taken: '已有同名角色，请换一个名称。', role_gone: '所选角色不存在，请刷新后重新选择。', roles_count: '请选择 1 至 3 个角色。', administrator_alone: '系统管理员不能同时拥有其他角色。', director_or_manager: '客户经理主管与客户经理不能同时选择。', permission: '该角色不能有此权限设置。', director: '请选择一位正常状态的客户经理主管。', no_director: '只有客户经理可以有主管。', accounts_per_mobile: '此手机号已注册 5 个账号。',
  same: '与当前联系方式相同。', licence_for_name: '变更公司名称需要上传新的营业执照。', contact_taken: '该联系方式已被使用，请更换。', same_password: '新密码不能与当前密码相同。', name_taken: '您已使用此名称，请换一个。', time_zone: '请选择一个时区。',
}
const fieldEn: Record<string, string> = {
  ...couponFieldsEn, ...payoutFieldsEn, ...whitelistFieldsEn,
  mobile: 'Enter a mobile number of mainland China.', email: 'Enter one mail address of at most 64 characters.', too_long: 'This is too long.', characters: 'No links, addresses, control or invisible characters.',
  required: 'This is required.', amount: 'Enter an amount from 0.01 to 9,999,999,999.99 with at most two decimals.', name_part: 'Enter 2 to 64 characters.', last4_or_full: 'Enter the full value or its last 4 characters.', number: 'Enter a number of digits.', tag: 'A tag has at most 64 characters and no links, addresses or control characters.',
  total_max: 'The total is above 9,999,999,999.99.', password: 'A password has 8 to 128 characters and is not a common one.',
  rows_min: 'Choose at least one row.', rows_max: 'Choose at most 100 rows.', code: 'Enter the code of six digits.', unknown_field: 'This field is not supported.', invalid: 'This is not valid.',
  same_manager: 'Choose another account manager.', plan_day: 'Choose a day from today to 90 days ahead.',
  phone_differs: 'Register with the mobile number that the partner reported.', account_name: 'An account name starts with a letter and has 5 to 32 letters, digits, dots, hyphens or underscores.', account_taken: 'This account name is taken.', login: 'A login name has 5 to 32 lower-case letters, digits, dots, hyphens or underscores, and starts with a letter or digit.', login_taken: 'This login name is taken.', contact_required: 'Enter a mobile number or a mail address.', role_name_taken: 'There is a role of this name. Choose another one.', role_gone: 'A chosen role no longer exists. Reload and choose again.', roles_count: 'Choose one to three roles.', administrator_alone: 'An administrator has no other role.', director_or_manager: 'An account director cannot be account manager, too.', permission: 'This role cannot have these permissions.', director: 'Choose an active account director.', no_director: 'Only an account manager has a director.', accounts_per_mobile: 'Five accounts have this mobile number already.',
  same: 'This is the present contact.', licence_for_name: 'Renaming the company needs its new licence.', contact_taken: 'This contact is in use. Choose another one.', same_password: 'This is the present password.', name_taken: 'You have given this name already. Choose another one.', time_zone: 'Choose a time zone.',
}
const rowZh: Record<string, string> = {
  ...couponRowsZh, ...payoutRowsZh,
  already_confirmed: '已确认。', statement_lapsed: '已失效。', not_pending: '尚不能确认。', after_deadline: '确认时间已截止。', ...resellerRowsZh,
  no_email: '未填写邮箱。', not_reported: '报备未生效或已结束，不能邀请。', too_soon: '{seconds} 秒后才能再次发送。', address_limit: '该邮箱 24 小时内收到的邀请已达上限。', not_resendable: '此邀请不能重发。', no_resale: '伙伴不可发展代售客户。',
  already_assigned: '已分配给 {manager}。', not_assigned: '不是该客户经理的客户。', in_plan: '已在其他移交计划中。',
  not_resale: '仅支持代售客户。', not_yours: '客户不存在。', amount: '金额不正确。', duplicate: '与第 {other} 行重复。', above_reclaimable: '超过可回收金额 {max}。', nothing_to_reclaim: '没有可回收的金额。', lot_empty: '该批次已用完。', lot_unknown: '该批次不存在。', above_lot: '超过该批次剩余金额 {max}。',
}
const rowEn: Record<string, string> = {
  ...couponRowsEn, ...payoutRowsEn,
  already_confirmed: 'Confirmed already.', statement_lapsed: 'Lapsed.', not_pending: 'Cannot be confirmed yet.', after_deadline: 'Its deadline is over.', ...resellerRowsEn,
  no_email: 'No mail address.', not_reported: 'Not reported, or the report is over.', too_soon: 'Wait {seconds} seconds before the next mail.', address_limit: 'This address got as many invitations as it may in 24 hours.', not_resendable: 'This invitation cannot be sent again.', no_resale: 'The partner cannot develop resale customers.',
  already_assigned: 'Assigned to {manager} already.', not_assigned: 'Not a customer of this account manager.', in_plan: 'In another handover plan.',
  not_resale: 'Only resale customers receive allocations.', not_yours: 'No such customer.', amount: 'The amount is not valid.', duplicate: 'Already in the list (row {other}).', above_reclaimable: 'Above the reclaimable {max}.', nothing_to_reclaim: 'Nothing can be reclaimed.', lot_empty: 'This lot is used up.', lot_unknown: 'No such lot.', above_lot: 'Above what is left of this lot ({max}).',
}

const fill = (text: string, facts: Record<string, string>): string => text.replace(/\{(\w+)\}/g, (hole, name: string) => grouped(facts[name] ?? hole))
/** Facts are for programs, sentences for people: of all facts only amounts have two decimals, and both languages separate thousands alike. */
const grouped = (fact: string): string => (/^-?\d+\.\d{2}$/.test(fact) ? fact.replace(/\B(?=(\d{3})+\.)/g, ',') : fact)

/** @param key a refusal code or a more exact sentence of it. @param timeZone in which `{time}` is told. @returns the sentence in the person's language. */
export function sentenceOf(key: string, code: RefusalCode, locale: Locale, facts: Record<string, string>, timeZone: string): string {
  const sentences = locale === 'zh-CN' ? zhCN : enUS
  const until = facts['until']
  const time = until === undefined ? {} : { time: new Intl.DateTimeFormat(locale, { timeZone, month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(new Date(until)) }
  return fill(sentences[key] ?? sentences[code], { ...facts, ...time })
}
/** @returns what is wrong with a field, in the person's language. */
export const fieldSentence = (code: string, locale: Locale): string => (locale === 'zh-CN' ? fieldZh : fieldEn)[code] ?? (locale === 'zh-CN' ? '内容不正确。' : 'This is not valid.')
/** @returns why a row was refused, in the person's language. */
export const rowSentence = (code: string, locale: Locale, facts: Record<string, string>): string => fill((locale === 'zh-CN' ? rowZh : rowEn)[code] ?? code, facts)
