import { useTranslation } from '#src/i18n/use-translation.ts'
import { getInvitation, type Invitation } from '#contract/invites.ts'
import { query } from '#src/api/query.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { RowDrawer } from '#src/components/RowDrawer.tsx'
import { FirstAct } from './InvitationActions.tsx'
import { Cause, useCauseWords } from './Cause.tsx'
import { History } from './History.tsx'
import type { OnOpen } from './open.ts'
import { Steps } from './Steps.tsx'
import { type Desk, useWhyNot } from './use-invitation-acts.ts'
import { ValidUntil } from './ValidUntil.tsx'

/** Everything about the invitation that the address names by `open`. */
export function InvitationDrawer({ desk, onOpen }: { desk: Desk | undefined; onOpen: OnOpen }) {
  const { t } = useTranslation()
  return <RowDrawer title={() => t('invites.drawer.title')} ask={(id) => query(getInvitation, { params: { id } })}>{(row) => <Content row={row} desk={desk} onOpen={onOpen} />}</RowDrawer>
}

function Content({ row, desk, onOpen }: { row: Invitation; desk: Desk | undefined; onOpen: OnOpen }) {
  const { t } = useTranslation()
  const whyNot = useWhyNot(desk)
  const failed = useCauseWords()(row) !== undefined
  return (
    <div className="invitation">
      <div className="invitation-top"><Steps row={row} /><FirstAct row={row} whyNot={whyNot} onOpen={onOpen} /></div>
      {failed && (
        <div className="invitation-cause">
          <Cause row={row} />
          {row.cause && <p className="second">{t(`invites.advice.${row.cause}`)}</p>}
        </div>
      )}
      <InvitationFacts row={row} />
      <section>
        <h3>{t('invites.drawer.history')}</h3>
        <History row={row} />
      </section>
    </div>
  )
}

function InvitationFacts({ row }: { row: Invitation }) {
  const { t } = useTranslation()
  const personal = ([['name', row.nameMasked, 'customer_name'], ['accountName', row.accountNameMasked, 'account_name'], ['mobile', row.mobileMasked, 'mobile'], ['email', row.emailMasked, 'email']] as const)
    .flatMap(([field, masked, label]) => (masked === null ? [] : [{ key: field, label: t(`invites.list.${label}`), value: <MaskedText id={row.id} field={field} masked={masked} label={t(`invites.list.${label}`)} /> }]))
  return (
    <Facts facts={[
      { key: 'number', label: t('invites.list.number'), value: <>{row.number}<CopyButton text={row.number} what={t('invites.list.number')} /></> },
      ...personal,
      { key: 'kind', label: t('invites.list.kind'), value: t(`invites.kind.${row.kind}`) },
      { key: 'type', label: t('invites.list.type'), value: t(`invites.type.${row.associationType}`) },
      ...(row.label === null ? [] : [{ key: 'label', label: t('invites.drawer.label'), value: row.label }]),
      { key: 'inviter', label: t('invites.list.invited_by'), value: row.invitedBy.nameMasked },
      { key: 'valid', label: t('invites.list.expires_at'), value: <ValidUntil row={row} /> },
    ]}
    />
  )
}
