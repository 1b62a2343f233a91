import type { Shape } from '#src/i18n/shape.ts'
import type { session as source } from '#src/i18n/zh-CN/session.ts'

export const session: Shape<typeof source> = {
  sign_in: 'Sign in',
  account: 'Account',
  member: 'Member login name',
  member_hint: 'Leave empty to sign in as the master account.',
  password: 'Password',
  signing_in: 'Signing in',
  audience: 'For members of partner companies.',
  enter_account: 'Enter your account',
  enter_password: 'Enter your password',
  ended_oldest: 'Too many sign-ins at once: your oldest one has been ended.',
  idle_title: 'You are about to be signed out',
  idle_text: 'There has been no activity for a while. You will be signed out in {{seconds}} s.',
  stay: 'Stay signed in',
  sign_out: 'Sign out',
  again_title: 'Your sign-in has ended',
  again_text: 'Sign in again to go on. What you have entered on the page is kept.',
  again_button: 'Sign in and continue',
  other_person: 'Sign in as the same person. To change the person, leave this page first.',
  leave_page: 'Leave this page',
  sign_out_failed: 'Signing out did not work and you are still signed in. Please try again.',
}
