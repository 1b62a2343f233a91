import { useTranslation } from '#src/i18n/use-translation.ts'
import { Notice } from '#src/components/Notice.tsx'
import type { Acceptance } from './use-acceptance.ts'

/** The account may be the person's own: the name is taken, or the answer about an account that was opened got lost. */
export function PerhapsYours({ flow }: { flow: Acceptance }) {
  const { t } = useTranslation()
  const { problems, mayExist } = flow.state
  const isTaken = problems.accountName !== undefined && 'text' in problems.accountName
  if (!isTaken && !mayExist) return null
  return <Notice>{t('invite_page.register.account_sign_in')} <button type="button" className="text-link" onClick={flow.haveAccount}>{t('invite_page.register.have_account')}</button></Notice>
}
