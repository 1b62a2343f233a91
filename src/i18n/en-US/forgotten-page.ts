import type { Shape } from '#src/i18n/shape.ts'
import type { forgotten_page as source } from '#src/i18n/zh-CN/forgotten-page.ts'

export const forgotten_page: Shape<typeof source> = {
  title: 'Forgotten password',
  intro: 'Enter your account. A code goes to its verified mobile or email.',
  step: 'Step {{n}} of 2',
  next: 'Next',
  back: 'Back',
  code_step: 'The code goes out by {{channel}}. For safety this page says the same whether or not there is such an account.',
  by: { sms: 'SMS', email: 'email' },
  sms_note: 'To the verified mobile',
  email_note: 'To the verified email',
  save: 'Reset password',
  done: 'The password is reset and every sign-in of the account has ended. Sign in with the new password.',
  unknown: 'No answer came, so the password may be reset. Try to sign in with the new one first; if that does not work, get a new code.',
  to_sign_in: 'Back to sign-in',
  no_contact: 'Without a verified mobile or email no code can come: members ask their administrator, master accounts their ecosystem manager.',
}
