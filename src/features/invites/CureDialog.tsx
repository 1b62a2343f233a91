import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Invitation } from '#contract/invites.ts'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { ManagerContact } from '#src/components/ManagerContact.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import type { OnOpen } from './open.ts'
import { cureStep } from './rules.ts'
import { type Desk, useWhyNot } from './use-invitation-acts.ts'

/** A cause that no second mail helps against: what happened, what to do, and the ways there. */
export function CureDialog({ row, desk, onOpen, onClose }: { row: Invitation; desk: Desk | undefined; onOpen: OnOpen; onClose: () => void }) {
  const { t } = useTranslation()
  const whyNot = useWhyNot(desk)
  const mayReport = useCan('prospect.report')
  if (!row.cause || !row.cure) return null
  const step = cureStep(row.cure, row)
  const reports = row.cure === 'preregister' || row.cure === 'invite_by_mail' || row.cure === 'invite_other_account'
  const links = step.opens === 'link' || row.cure === 'invite_other_account'
  const asks = row.cure === 'ask_ecosystem_manager' || row.cure === 'invite_other_account' || step.opens !== 'link' && !reports
  const closed = whyNot.resend(row)
  return (
    <ModalShell
      title={t(`invites.cure.${row.cure}`)} onClose={onClose}
      footer={(close) => (
        <>
          <Button onPress={close}>{t('common.close')}</Button>
          {links && <Button disabledReason={whyNot.link(row)} onPress={() => onOpen({ at: 'instead', associationType: step.opens === 'link' ? step.associationType : row.associationType })}>{t('invites.help.link')}</Button>}
          {reports && <ButtonLink variant="primary" to={paths.development({ do: 'preregister' })} disabledReason={mayReport ? undefined : t('invites.blocked.no_report_right')}>{t('invites.help.report')}</ButtonLink>}
        </>
      )}
    >
      <div className="form">
        <p className="strong">{t(`invites.cause.${row.cause}`)}{row.nameMasked !== null && <span className="quiet cure-who"> · <MaskedText id={row.id} field="name" masked={row.nameMasked} label={t('invites.list.customer_name')} hasEye={false} /></span>}</p>
        <p className="second">{t(`invites.advice.${row.cause}`)}</p>
        {step.opens === 'resend' && closed && <p className="second">{closed}</p>}
        {asks && <ManagerContact manager={desk?.ecosystemManager ?? null} />}
      </div>
    </ModalShell>
  )
}
