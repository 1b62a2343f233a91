import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useSearchParams } from 'react-router'
import type { Member } from '#contract/members.ts'
import { ColumnEye } from '#src/components/ColumnEye.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { CustomerCount } from './CustomerCount.tsx'
import { roleNames } from './labels.ts'
import { MemberStateTag } from './MemberStateTag.tsx'

/** The columns of the members. @param rows in view, for the eyes of the columns. */
export function useMemberColumns(rows: readonly Member[]): Column<Member>[] {
  const { t } = useTranslation()
  const having = (has: (row: Member) => boolean) => rows.filter(has).map((row) => row.id)
  return [
    {
      key: 'name', header: t('members.field.name'), width: 116, card: 'lead', isFixed: true, cell: (row) => <NameCell row={row} />,
      tools: <ColumnEye ids={having(() => true)} fields={['name']} column={t('members.field.name')} />,
    },
    { key: 'login', header: t('members.field.login'), width: 112, cell: (row) => (row.login === '' ? <span className="quiet">{t('members.master')}</span> : <span className="member-login">{row.login}</span>) },
    {
      key: 'mobile', header: t('members.field.mobile'), width: 132, cell: (row) => (row.mobileMasked === null ? <span className="quiet">–</span> : <MaskedText id={row.id} field="mobile" masked={row.mobileMasked} label={t('members.field.mobile')} />),
      tools: <ColumnEye ids={having((row) => row.mobileMasked !== null)} fields={['mobile']} column={t('members.field.mobile')} />,
    },
    {
      key: 'email', header: t('members.field.email'), width: 176, card: 'skip', cell: (row) => (row.emailMasked === null ? <span className="quiet">–</span> : <MaskedText id={row.id} field="email" masked={row.emailMasked} label={t('members.field.email')} />),
      tools: <ColumnEye ids={having((row) => row.emailMasked !== null)} fields={['email']} column={t('members.field.email')} />,
    },
    { key: 'role', header: t('members.field.role'), width: 132, cell: (row) => <RolesCell row={row} /> },
    { key: 'director', header: t('members.field.director'), width: 88, card: 'skip', cell: (row) => (row.roles.includes('manager') ? (row.director?.nameMasked ?? <span className="quiet">{t('members.no_director')}</span>) : <span className="quiet">–</span>) },
    { key: 'customers', header: t('members.field.customers'), width: 92, isNumber: true, sort: 'customers', cell: (row) => <CustomerCount member={row} /> },
    { key: 'state', header: t('members.field.state'), width: 94, card: 'state', cell: (row) => <MemberStateTag member={row} /> },
    { key: 'lastSignIn', header: t('members.field.last_sign_in'), width: 106, sort: 'lastSignInAt', card: 'skip', cell: (row) => (row.lastSignInAt === null ? <span className="quiet">{t('members.never')}</span> : <Time at={row.lastSignInAt} />) },
    { key: 'createdAt', header: t('members.field.created_at'), width: 110, sort: 'createdAt', card: 'skip', isHiddenByDefault: true, cell: (row) => <Time at={row.createdAt} /> },
  ]
}

/** The first role, and under it the others. */
function RolesCell({ row }: { row: Member }) {
  const { t } = useTranslation()
  const [first, ...others] = roleNames(row, t)
  const more = others.join(t('common.list_separator'))
  return <span className="stack member-role-names"><span title={first}>{first}</span>{more !== '' && <span title={more}>{more}</span>}</span>
}

function NameCell({ row }: { row: Member }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const open = new URLSearchParams(search)
  open.set('open', row.id)
  return (
    <span className="stack">
      <MaskedText id={row.id} field="name" masked={row.nameMasked} label={t('members.field.name')} hasEye={false}>{(text) => <Link data-open to={{ search: String(open) }} preventScrollReset>{text}</Link>}</MaskedText>
      {row.isSelf && <span>{t('members.you')}</span>}
    </span>
  )
}
