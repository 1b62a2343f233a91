import { useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { AssociationType } from '#contract/customers.ts'
import type { InviteCure } from '#contract/invites.ts'
import type { Prospect } from '#contract/prospects.ts'
import { ApiError } from '#src/api/api-error.ts'
import { Button } from '#src/components/Button.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { MailPreview } from './MailPreview.tsx'
import { type Focusable, firstType, TypeChoice } from './TypeChoice.tsx'
import type { Desk } from './use-desk.ts'
import { useInvite } from './use-invite.ts'

type Props = { row: Prospect; desk: Desk; /** What this mail cures; it says what else the customer or the partner has to do. */ cure?: InviteCure; onClose: () => void }

/** Mails the invitation to one prospect, or mails it again. */
export function InviteDialog({ row, desk, cure, onClose }: Props) {
  const { t } = useTranslation()
  const last = row.lastInvitation
  const [type, setType] = useState<AssociationType | undefined>(() => firstType(desk.types, cure === 'resend_as_referral' ? 'REFERRAL' : last?.associationType))
  const [isTried, setTried] = useState(false)
  const choice = useRef<Focusable>(null)
  const { submit: send, isBusy, error, outcome, askAgain } = useInvite({ name: row.nameMasked, onSent: onClose })
  const submit = () => {
    setTried(true)
    if (type === undefined) choice.current?.focus()
    if (type === undefined || outcome !== 'known') return
    send({ body: { associationType: type, prospectIds: [row.id] } })
  }
  return (
    <ModalShell
      title={t(last ? 'development.dialog.title_resend' : 'development.dialog.title_invite')} onClose={onClose} isLocked={isBusy}
      footer={(close) => (
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          {outcome === 'known' && <Button variant="primary" type="submit" form="invite-form" isBusy={isBusy}>{t(last ? 'development.dialog.resend' : 'development.dialog.send')}</Button>}
        </>
      )}
    >
      <form id="invite-form" className="form invite-form" noValidate onSubmit={(event) => { event.preventDefault(); submit() }}>
        <Facts facts={[
          { key: 'name', label: t('development.field.name'), value: row.nameMasked },
          { key: 'email', label: t('development.dialog.to'), value: row.emailMasked ?? t('common.none') },
          { key: 'mobile', label: t('development.dialog.mobile'), value: row.mobileMasked },
        ]} />
        <CureNotice cure={cure} row={row} />
        <TypeChoice ref={choice} types={desk.types} value={type} onChange={setType} isWrong={isTried} />
        <MailPreview type={type} prospectId={row.id} />
        <p className="caption">{t(last ? 'development.dialog.rule_resend' : 'development.dialog.rule')}</p>
        <OutcomeNotice outcome={outcome} onAskAgain={askAgain} />
        <FormError error={rowReason(error) ?? error} />
      </form>
    </ModalShell>
  )
}

function CureNotice({ cure, row }: { cure: InviteCure | undefined; row: Prospect }) {
  const { t } = useTranslation()
  if (cure === 'resend_with_reminder') return <Notice tone="warning">{t('development.dialog.reminder', { mobile: row.mobileMasked })}</Notice>
  if (cure === 'resend_after_payment') return <Notice tone="warning">{t('development.dialog.after_payment')}</Notice>
  if (cure === 'resend_after_cancelling') return <Notice tone="warning">{t('development.dialog.after_cancelling')}</Notice>
  return null
}

/** Of a refusal about the one row, the row's own reason is the sentence to show. */
function rowReason(error: Error | undefined): ApiError | undefined {
  const reason = error instanceof ApiError ? error.failure.rows?.[0]?.message : undefined
  return error instanceof ApiError && reason !== undefined ? new ApiError({ ...error.failure, detail: reason }) : undefined
}
