import { useTranslation } from '#src/i18n/use-translation.ts'
import type { InviteCure } from '#contract/invites.ts'
import type { Prospect } from '#contract/prospects.ts'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { IconButton } from '#src/components/IconButton.tsx'
import { Menu, type MenuItem } from '#src/components/Menu.tsx'
import { serverNow } from '#src/lib/clock.ts'
import { useNow } from '#src/lib/use-now.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { rowWords } from './labels.ts'
import { hasOpenReport, isResendCure, isWaiting, mainAct, whyNotInvite } from './rules.ts'
import type { Desk } from './use-desk.ts'

/** What a row can open. */
export type RowDialog = { at: 'invite'; row: Prospect; cure?: InviteCure } | { at: 'email'; row: Prospect } | { at: 'cause'; row: Prospect } | { at: 'report' }

type Props = { row: Prospect; desk: Desk; onOpen: (dialog: RowDialog) => void }

/** The actions of a row: the next step as words, a cure as a button, the rest in the menu. What the person may never do stands only in the menu,
 *  which says why. */
export function ProspectActions({ row, desk, onOpen }: Props) {
  const { t } = useTranslation()
  const words = rowWords(row)
  const noInvite = useWhyNot(row, desk)
  const invite = { key: 'invite', label: t(row.lastInvitation ? 'development.resend' : 'development.invite'), onPress: () => onOpen({ at: 'invite', row }), disabledReason: noInvite }
  const email = {
    key: 'email', label: t(row.emailMasked === null ? 'development.email.title_add' : 'development.edit_email'), onPress: () => onOpen({ at: 'email', row }),
    disabledReason: !desk.mayReport ? t('development.why.no_report') : hasOpenReport(row.state) ? undefined : t('development.why.ended'),
  }
  const act = mainAct(row)
  const seesRecords = useCan('invite.view')
  const items: MenuItem[] = [
    ...(hasOpenReport(row.state) && !(desk.maySend && (act.at === 'invite' || act.at === 'resend')) ? [invite] : []),
    ...(hasOpenReport(row.state) && !(desk.mayReport && act.at === 'edit_email') ? [email] : []),
    ...(seesRecords ? [{ key: 'records', label: t('development.records'), to: paths.invites({ tab: 'records', prospectId: row.id }) }] : []),
  ]
  return (
    <>
      <MainAct row={row} desk={desk} invite={invite} email={email} onOpen={onOpen} />
      {items.length > 0 && (
        <Menu items={items} label={t('common.more_actions', { row: words })}>
          {(trigger) => <IconButton icon="more" label={t('common.more_actions', { row: words })} {...trigger} />}
        </Menu>
      )}
    </>
  )
}

type Action = { label: string; onPress: () => void; disabledReason: string | undefined }

function MainAct({ row, desk, invite, email, onOpen }: Props & { invite: Action; email: Action }) {
  const { t } = useTranslation()
  const seesCustomers = useCan('customer.view')
  const act = mainAct(row)
  const report = desk.blocked ? t('development.why.blocked') : undefined
  switch (act.at) {
    case 'none': return null
    case 'view_customer': return seesCustomers ? <ButtonLink variant="row" to={paths.customer(act.customerId)}>{t('development.view_customer')}</ButtonLink> : null
    case 'report_again': return desk.mayReport && <Button variant="row" disabledReason={report} onPress={() => onOpen({ at: 'report' })}>{t('development.report_again')}</Button>
    case 'edit_email': return desk.mayReport && <Button isSmall disabledReason={email.disabledReason} onPress={email.onPress}>{email.label}</Button>
    case 'invite': case 'resend': return desk.maySend && <Button variant="row" disabledReason={invite.disabledReason} onPress={invite.onPress}>{invite.label}</Button>
    case 'cure': {
      const isResend = isResendCure(act.cure)
      if (isResend ? !desk.maySend : act.cure === 'preregister' && !desk.mayReport) return null
      const open = () => onOpen(isResend ? { at: 'invite', row, cure: act.cure } : act.cure === 'preregister' ? { at: 'report' } : { at: 'cause', row })
      return <Button isSmall className="cure" disabledReason={isResend ? invite.disabledReason : act.cure === 'preregister' ? report : undefined} onPress={open}>{t(`invites.cure.${act.cure}`)}</Button>
    }
  }
}

/** @returns in words why no mail may be sent now; the wait counts down. */
function useWhyNot(row: Prospect, { maySend, mailBlocked }: Desk): string | undefined {
  const { t } = useTranslation()
  useNow(isWaiting(row))
  const why = whyNotInvite(row, { maySend, block: mailBlocked }, serverNow())
  if (!why) return undefined
  return why.key === 'wait' ? t('development.why.wait', { seconds: why.seconds }) : t(`development.why.${why.key}`)
}
