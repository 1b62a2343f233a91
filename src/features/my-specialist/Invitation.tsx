import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { customerSignOut } from '#contract/acceptance.ts'
import { acceptSpecialistInvite } from '#contract/specialists.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { formatFull } from '#src/lib/format.ts'
import { askAsCustomer, rememberCustomer } from '#src/public/ask-as-customer.ts'
import { useAttempt } from '#src/public/use-attempt.ts'
import { Door } from './Door.tsx'
import type { LinkView } from './use-mine.ts'

type Props = { token: string; view: Extract<LinkView, { state: 'open' }>; onSignedIn: () => void; onAccepted: () => void }

/** Who invites and what that means; then signing in, then accepting. */
export function Invitation({ token, view, onSignedIn, onAccepted }: Props) {
  const { t } = useTranslation()
  const { partnerName: partner, signedIn, accountMasked, expiresAt } = view
  return (
    <>
      <h1 tabIndex={-1}>{t('my_specialist.invited', { partner })}</h1>
      <p className="caption">{t('my_specialist.valid_until', { date: formatFull(expiresAt) })}</p>
      <ul className="my-points">
        <li>{accountMasked === null ? t('my_specialist.personal_only') : t('my_specialist.account_only', { account: accountMasked })}</li>
        <li>{t('my_specialist.reviewed_then')}</li>
        <li>{t('my_specialist.partner_reads', { partner })}</li>
      </ul>
      {signedIn ? <Accept token={token} account={signedIn.accountName} onAccepted={onAccepted} onOther={onSignedIn} /> : <Door text={t('my_specialist.sign_in_to_accept')} onDone={onSignedIn} />}
    </>
  )
}

function Accept({ token, account, onAccepted, onOther }: { token: string; account: string; onAccepted: () => void; onOther: () => void }) {
  const { t } = useTranslation()
  const [isAccepted, setAccepted] = useState(false)
  const accepting = useAttempt()
  const leaving = useAttempt()
  const accept = () => accepting.run(async () => {
    await askAsCustomer(acceptSpecialistInvite, { body: { token } })
    setAccepted(true)
    onAccepted()
  })
  const leave = () => leaving.run(async () => {
    await askAsCustomer(customerSignOut, {})
    rememberCustomer('')
    onOther()
  })
  return (
    <>
      <Notice>{t('my_specialist.accept_as', { account })}</Notice>
      <FormError error={accepting.error ?? leaving.error} />
      <div className="public-acts">
        <Button isBusy={leaving.isBusy} onPress={() => void leave()}>{t('my_specialist.other_account')}</Button>
        <Button variant="primary" isBusy={accepting.isBusy || isAccepted} onPress={() => void accept()}>{t('my_specialist.accept')}</Button>
      </div>
    </>
  )
}
