import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useSearchParams } from 'react-router'
import type { Invitation } from '#contract/invites.ts'
import { Button } from '#src/components/Button.tsx'
import { IconButton } from '#src/components/IconButton.tsx'
import { Menu, type MenuItem } from '#src/components/Menu.tsx'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import type { OnOpen } from './open.ts'
import { cureStep, isReplaceable } from './rules.ts'
import type { WhyNot } from './use-invitation-acts.ts'

type Props = { row: Invitation; whyNot: WhyNot; onOpen: OnOpen }

/** What to do with one invitation: the thing that helps as a button, everything else in the menu. */
export function InvitationActions({ row, whyNot, onOpen }: Props) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const maySeeCustomer = useCan('customer.view')
  const open = new URLSearchParams(search)
  open.set('open', row.id)
  const name = `${row.nameMasked ?? ''} ${row.number}`.trim()
  const items: MenuItem[] = [
    { key: 'details', label: t('invites.list.details'), to: `?${open}` },
    ...(row.kind === 'MAIL' ? [{ key: 'resend', label: t('invites.list.resend'), onPress: () => onOpen({ at: 'resend', rows: [row], isNew: isReplaceable(row) }), disabledReason: whyNot.resend(row) }] : []),
    ...(row.state === 'ASSOCIATED' ? [] : [{ key: 'instead', label: t('invites.list.instead'), onPress: () => onOpen({ at: 'instead', associationType: row.associationType }), disabledReason: whyNot.link(row) }]),
    ...(row.prospectId !== null && row.state !== 'ASSOCIATED' ? [{ key: 'email', label: t('invites.list.edit_email'), onPress: () => onOpen({ at: 'email', row }), disabledReason: whyNot.email(row) }] : []),
    ...(row.kind === 'MAIL' ? [{ key: 'revoke', label: t('invites.list.revoke'), onPress: () => onOpen({ at: 'revoke', row }), disabledReason: whyNot.revoke(row), isDanger: true }] : []),
    ...(row.customer && maySeeCustomer ? [{ key: 'customer', label: t('invites.list.view_customer'), to: paths.customer(row.customer.id) }] : []),
  ]
  return (
    <>
      <FirstAct row={row} whyNot={whyNot} onOpen={onOpen} />
      <Menu items={items} label={t('common.more_actions', { row: name })}>
        {(trigger) => <IconButton icon="more" label={t('common.more_actions', { row: name })} {...trigger} />}
      </Menu>
    </>
  )
}

/** The cure of what failed, the customer of what worked, else another try. */
export function FirstAct({ row, whyNot, onOpen }: Props) {
  const { t } = useTranslation()
  const maySend = useCan('invite.send')
  const mayLink = useCan('invite.link')
  const mayReport = useCan('prospect.report')
  const maySeeCustomer = useCan('customer.view')
  if (row.state === 'FAILED' && row.cure) return <CureButton row={row} whyNot={whyNot} onOpen={onOpen} />
  if (row.state === 'ASSOCIATED') return row.customer && maySeeCustomer ? <Link className="row-action" to={paths.customer(row.customer.id)}>{t('invites.list.view_customer')}</Link> : null
  if (row.state === 'SEND_FAILED' && row.prospectId !== null && mayReport) return <Button isSmall onPress={() => onOpen({ at: 'email', row })} disabledReason={whyNot.email(row)}>{t('invites.list.edit_email')}</Button>
  if (row.kind === 'MAIL' ? !maySend || (row.resendAt === null && !isReplaceable(row)) : !mayLink) return null
  if (row.kind === 'MAIL') return <Button variant="row" onPress={() => onOpen({ at: 'resend', rows: [row], isNew: isReplaceable(row) })} disabledReason={whyNot.resend(row)}>{t('invites.list.resend')}</Button>
  return <Button variant="row" onPress={() => onOpen({ at: 'instead', associationType: row.associationType })} disabledReason={whyNot.link(row)}>{t('invites.list.instead')}</Button>
}

/** The cure of a failed association. It always opens something: a reason against it would leave the person without advice. */
function CureButton({ row, whyNot, onOpen }: Props) {
  const { t } = useTranslation()
  if (!row.cure) return null
  const step = cureStep(row.cure, row)
  const press = () => {
    if (step.opens === 'resend' && whyNot.resend(row) === undefined) onOpen({ at: 'resend', rows: [row], associationType: step.associationType })
    else if (step.opens === 'link' && row.cure === 'resend' && whyNot.link(row) === undefined) onOpen({ at: 'instead', associationType: step.associationType })
    else onOpen({ at: 'cure', row })
  }
  return <Button isSmall onPress={press}>{t(`invites.cure.${row.cure}`)}</Button>
}
