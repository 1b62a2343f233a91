import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { AssociationType } from '#contract/customers.ts'
import { getInviteDesk, type Invitation, getInvitation, type InvitationsSent, queryInvitations, resendInvitations, sendInvitations } from '#contract/invites.ts'
import { queryProspects } from '#contract/prospects.ts'
import { ApiError } from '#src/api/api-error.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { RadioCards } from '#src/components/RadioCards.tsx'
import { showToast } from '#src/components/toast.ts'
import { paths } from '#src/paths.ts'
import { RefusedRows } from './RefusedRows.tsx'
import { isResendable } from './rules.ts'
import type { Desk } from './use-invitation-acts.ts'

type Props = {
  rows: readonly Invitation[]
  /** Chosen beforehand by a cure. */
  associationType?: AssociationType | undefined
  /** A new invitation instead: the old one cannot be repeated. Of one row only. */
  isNew?: boolean | undefined
  desk: Desk | undefined
  onDone: () => void
  onClose: () => void
}

/** Sends mail invitations again, all of them or none. Rows that cannot be sent are named, and can be taken off. */
export function ResendDialog({ rows: given, associationType, isNew = false, desk, onDone, onClose }: Props) {
  const { t } = useTranslation()
  const [rows, setRows] = useState(given)
  const [type, setType] = useState<AssociationType | 'keep'>(associationType ?? (given.length === 1 ? given[0]?.associationType : undefined) ?? 'keep')
  const follow = {
    invalidates: [queryInvitations, getInvitation, getInviteDesk, queryProspects],
    onSuccess: ({ items }: InvitationsSent) => {
      showToast({ tone: 'success', title: t('invites.resend.done', { count: items.length }), text: t('invites.resend.done_text') })
      onDone()
    },
  }
  const again = useApiMutation(resendInvitations, follow)
  const send = useApiMutation(sendInvitations, follow)
  const resend = isNew ? send : again
  const refused = useRefused(rows, resend.error, isNew)
  const only = given.length === 1 ? given[0] : undefined
  const submit = () => {
    if (isNew && only?.prospectId && type !== 'keep') send.submit({ body: { associationType: type, prospectIds: [only.prospectId] } })
    else again.submit({ body: { invitationIds: rows.map((row) => row.id), ...(type !== 'keep' && { associationType: type }) } })
  }
  const drop = () => {
    resend.reset()
    setRows(rows.filter((row) => !refused.some((one) => one.row.id === row.id)))
  }
  const reason = rows.length === 0 ? t('invites.resend.none_left') : refused.length > 0 ? t('invites.resend.refused', { count: refused.length }) : undefined
  return (
    <ModalShell
      title={only ? t('invites.resend.title_single') : t('invites.resend.title', { count: rows.length })} onClose={onClose} isLocked={resend.isBusy}
      footer={(close) => (
        <>
          {desk && <span className="quiet footer-note">{t('invites.resend.mails', { used: desk.mails.used, max: desk.mails.max })}</span>}
          <Button onPress={close}>{t('common.cancel')}</Button>
          {resend.outcome === 'known' && <Button variant="primary" type="submit" form="resend-form" isBusy={resend.isBusy} disabledReason={reason}>{only ? t('invites.resend.submit') : t('invites.resend.submit_count', { count: rows.length })}</Button>}
        </>
      )}
    >
      <form id="resend-form" className="form" onSubmit={(event) => { event.preventDefault(); if (reason === undefined) submit() }}>
        {only?.cause && <Advice row={only} />}
        <RadioCards
          legend={t('invites.resend.types')} value={type} onChange={setType}
          options={[
            ...(only ? [] : [{ value: 'keep' as const, label: t('invites.resend.keep') }]),
            ...AssociationType.options.map((value) => ({ value, label: t(`invites.type.${value}`), disabledReason: !desk || desk.types.includes(value) ? undefined : t('invites.form.type_closed') })),
          ]}
        />
        <Notice>{t('invites.resend.void')}</Notice>
        {refused.length > 0 && <RefusedRows refused={refused} onDrop={only ? undefined : drop} />}
        <OutcomeNotice outcome={resend.outcome} onAskAgain={resend.askAgain} />
        {refused.length === 0 && <FormError error={resend.error} />}
      </form>
    </ModalShell>
  )
}

/** What went wrong last time, so that it does not go wrong again. */
function Advice({ row }: { row: Invitation }) {
  const { t } = useTranslation()
  if (!row.cause) return null
  return (
    <div>
      <p className="strong">{t(`invites.cause.${row.cause}`)}</p>
      <p className="second">{t(`invites.advice.${row.cause}`)}</p>
      {row.cause === 'PHONE_DIFFERS' && (
        <div className="reported">
          {row.mobileMasked !== null && <p><span className="quiet">{t('invites.resend.reported')}</span> <MaskedText id={row.id} field="mobile" masked={row.mobileMasked} label={t('invites.resend.reported')} /></p>}
          <p className="caption">{t('invites.resend.reminder')} <ButtonLink variant="row" to={paths.development({ do: 'preregister' })}>{t('invites.resend.again')}</ButtonLink></p>
        </div>
      )}
    </div>
  )
}

/** Rows that the server refused, by their place in what was sent; before that, those known to be impossible. */
function useRefused(rows: readonly Invitation[], error: Error | undefined, isNew: boolean): { row: Invitation; reason: string }[] {
  const { t } = useTranslation()
  const told = error instanceof ApiError ? error.failure.rows ?? [] : []
  return rows.flatMap((row, place) => {
    const refusal = told.find((one) => one.row === place)
    if (refusal) return [{ row, reason: refusal.message }]
    return isNew || isResendable(row) ? [] : [{ row, reason: t('invites.list.no_resend') }]
  })
}
