import type { Shape } from '#src/i18n/shape.ts'
import type { specialists as source } from '#src/i18n/zh-CN/specialists.ts'

export const specialists: Shape<typeof source> = {
  specialists: {
    title: 'Project Specialists',
    count_one: '{{count}} person', count_other: '{{count}} people',
    count_filtered_one: '{{count}} person matches', count_filtered_other: '{{count}} people match',
    no_right_title: 'You may not view project specialists',
    no_right_text: 'Ask an administrator of your company for “View organization”.',
    list: 'List of project specialists',
    search: 'Name, mobile or email',
    foot: 'Times in {{zone}}',
    empty_title: 'No project specialists yet',
    empty_text: 'Invite people of delivery projects. They accept with a personal cloud account and are bound once approved.',
    no_match: 'No project specialist matches',
    view_gone: 'This look-up is no longer kept',
    view_gone_text: 'Clear the conditions and look up again.',
    kept_lookup: 'Looked up by what was typed before',
    hint_mobile: 'Whole number or last 4 digits',
    hint_email: 'Whole address or last 4 characters',
    field: { name: 'Name', way: 'Invited by', mobile: 'Mobile', email: 'Email', account: 'Account', state: 'State', invited_at: 'Invited at', expires_at: 'Valid until', bound_at: 'Bound at', language: 'Message language' },
    way: { MOBILE: 'Mobile', EMAIL: 'Email', ACCOUNT: 'Account' },
    state: { INVITED: 'Invited', LAPSED: 'Lapsed', UNDER_REVIEW: 'Under review', BOUND: 'Bound', REJECTED: 'Rejected', UNBOUND: 'Unbound', CANCELLED: 'Cancelled' },
    language: { 'zh-CN': '简体中文', 'en-US': 'English' },
    act: { qualifications: 'View qualifications', resend: 'Send again', cancel: 'Cancel invitation', unbind: 'Unbind' },
    invite: {
      title: 'Invite specialist',
      submit: 'Send invitation',
      done: 'The invitation is on its way',
      note: 'The link works once, for 7 days. Only personal accounts can accept, enterprise accounts cannot. At most 100 invitations in 24 hours, those sent again included.',
      value: { MOBILE: 'Mobile', EMAIL: 'Email', ACCOUNT: 'Cloud account name' },
      hint: { MOBILE: 'The link is sent by SMS', EMAIL: 'The link is sent by mail', ACCOUNT: 'The link goes to the mail address of the account, else to its mobile, and only that account can accept. Whether there is such an account is not shown.' },
    },
    ask: {
      resend_title: 'Send the invitation again?', resend_text: '{{name}} gets a new link, valid for 7 days from now. The earlier link stops working at once.', resend_verb: 'Send again', resend_done: 'The invitation is on its way again',
      cancel_title: 'Cancel the invitation?', cancel_text: '{{name}} can no longer accept; a review under way ends too.', cancel_verb: 'Cancel invitation', cancel_done: 'Invitation cancelled',
      unbind_title: 'Unbind the specialist?', unbind_text: '{{name}} will no longer be your project specialist, and you can no longer read the qualifications. To work together again takes a new invitation and review.', unbind_verb: 'Unbind', unbind_done: 'Specialist unbound',
    },
    kind: { employment: 'Employment', certificate: 'Certificates', training: 'Training', project: 'Projects' },
    drawer: { title: 'Qualifications', changed_at: 'Updated at', never: 'Not entered yet', note: 'Kept up to date by the specialist. Here they can only be read.', nothing: 'Nothing entered', since: 'Since {{from}}', span: '{{from}} to {{to}}' },
  },
  errors: { field: { account_name: 'Enter an account name of 5 to 32 characters without blanks' } },
}
