import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useSearchParams } from 'react-router'
import type { Invitation } from '#contract/invites.ts'
import { ColumnEye } from '#src/components/ColumnEye.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { Cause } from './Cause.tsx'
import { Steps } from './Steps.tsx'
import { ValidUntil } from './ValidUntil.tsx'

/** The columns of the invitation records. @param rows in view, for the eyes of the columns. */
export function useInvitationColumns(rows: readonly Invitation[]): Column<Invitation>[] {
  const { t } = useTranslation()
  const having = (has: (row: Invitation) => boolean) => rows.filter(has).map((row) => row.id)
  return [
    {
      key: 'name', header: t('invites.list.name'), width: 150, card: 'lead', isFixed: true, cell: (row) => <NameCell row={row} />,
      tools: <ColumnEye ids={having((row) => row.nameMasked !== null || row.accountNameMasked !== null)} fields={['name', 'accountName']} column={t('invites.list.name')} />,
    },
    {
      key: 'contact', header: t('invites.list.contact'), width: 156, cell: (row) => <ContactCell row={row} />,
      tools: <ColumnEye ids={having((row) => row.mobileMasked !== null || row.emailMasked !== null)} fields={['mobile', 'email']} column={t('invites.list.contact')} />,
    },
    { key: 'kind', header: t('invites.list.kind'), width: 100, cell: (row) => <span className="stack"><span>{t(`invites.kind.${row.kind}`)}</span><span>{t(`invites.type.${row.associationType}`)}</span></span> },
    { key: 'invitedBy', header: t('invites.list.invited_by'), width: 72, cell: (row) => row.invitedBy.nameMasked },
    { key: 'sent', header: t('invites.list.sent'), width: 160, sort: 'sentAt', cell: (row) => <span className="stack"><span><Time at={row.sentAt} /></span><ValidUntil row={row} /></span> },
    { key: 'state', header: t('invites.list.state'), width: 106, card: 'state', cell: (row) => <Steps row={row} /> },
    { key: 'cause', header: t('invites.list.cause'), width: 186, card: 'full', cell: (row) => <Cause row={row} /> },
    { key: 'number', header: t('invites.list.number'), width: 130, isHiddenByDefault: true, cell: (row) => row.number },
  ]
}

function NameCell({ row }: { row: Invitation }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const open = new URLSearchParams(search)
  open.set('open', row.id)
  const link = (text: string) => <Link data-open to={{ search: String(open) }} preventScrollReset>{text}</Link>
  return (
    <span className="stack invitation-name">
      {row.nameMasked === null ? <span>{link(row.number)}</span> : <MaskedText id={row.id} field="name" masked={row.nameMasked} label={t('invites.list.customer_name')} hasEye={false}>{link}</MaskedText>}
      {row.accountNameMasked === null ? <span>{row.state === 'ASSOCIATED' || row.state === 'FAILED' ? '–' : t('invites.list.unknown')}</span> : <MaskedText id={row.id} field="accountName" masked={row.accountNameMasked} label={t('invites.list.account_name')} hasEye={false} />}
    </span>
  )
}

function ContactCell({ row }: { row: Invitation }) {
  const { t } = useTranslation()
  if (row.mobileMasked === null && row.emailMasked === null) return <span className="quiet">–</span>
  return (
    <span className="stack">
      {row.mobileMasked === null ? <span className="quiet">–</span> : <MaskedText id={row.id} field="mobile" masked={row.mobileMasked} label={t('invites.list.mobile')} />}
      {row.emailMasked !== null && <MaskedText id={row.id} field="email" masked={row.emailMasked} label={t('invites.list.email')} hasEye={false} />}
    </span>
  )
}
