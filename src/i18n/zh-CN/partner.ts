import { company } from './company.ts'
import { customer_settings } from './customer-settings.ts'
import { partner_documents } from './partner-documents.ts'

/** What `/profile` and the pages below it need besides. Words of the security check and of fields join those that every page has. */
export const partner = {
  company, customer_settings, partner_documents,
  proof: {
    fact: {
      takeover: '接管',
      notice_balance_before: '余额消息，修改前', notice_balance_after: '余额消息，修改后',
      notice_expiry_before: '到期消息，修改前', notice_expiry_after: '到期消息，修改后',
      notice_security_before: '安全消息，修改前', notice_security_after: '安全消息，修改后',
      notice_product_before: '产品消息，修改前', notice_product_after: '产品消息，修改后',
      bills_before: '修改前', bills_after: '修改后',
    },
    text: {
      takeover_on: '接管，客户不能自行设置', takeover_off: '取消接管，客户恢复自行设置', takeover_stays_on: '已接管，不变', takeover_stays_off: '未接管，不变',
      channels_sms: '短信', channels_email: '邮件', channels_in_app: '站内信', channels_sms_email: '短信、邮件',
      channels_sms_in_app: '短信、站内信', channels_email_in_app: '邮件、站内信', channels_sms_email_in_app: '短信、邮件、站内信',
      channels_none: '不发送',
      bills_list: '展示，显示目录价', bills_none: '展示，不显示金额', bills_hidden: '不展示',
    },
    notice: {
      notices_taken_over_other: '对 {{count}} 个代售客户立即生效，他们不能自行设置。', notices_given_back_other: '{{count}} 个代售客户恢复各自原来的设置。',
      bills_shown_other: '{{count}} 个代售客户可以查看账单。', bills_hidden_other: '{{count}} 个代售客户不能查看账单。',
    },
  },
  errors: { field: { phone: '只能包含数字、空格和 + - ( )，最多 32 个字符', website: '请输入以 http:// 或 https:// 开头的网址', licence_for_name: '更改公司名称须先上传新的营业执照' } },
} as const
