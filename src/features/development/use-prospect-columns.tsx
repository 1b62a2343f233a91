import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Prospect } from '#contract/prospects.ts'
import type { RevealField } from '#contract/reveals.ts'
import { ColumnEye } from '#src/components/ColumnEye.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { EmailCell } from './EmailCell.tsx'
import { InvitationCell } from './InvitationCell.tsx'
import { NameCell } from './NameCell.tsx'
import { ExpiryCell, StateCell } from './StateCell.tsx'

/** @param rows of the page in view, for the eyes in the heads. @param sought kinds of the look-up; a column that was looked up is always shown.
 *  @returns the list's columns. Widths fit a 1440 wide screen in both languages. */
export function useProspectColumns(rows: readonly Prospect[], sought: readonly string[]): readonly Column<Prospect>[] {
  const { t, i18n } = useTranslation()
  const isEnglish = i18n.language === 'en-US'
  const eye = (column: string, field: RevealField, has: (row: Prospect) => boolean = () => true) => <ColumnEye ids={rows.filter(has).map((row) => row.id)} fields={[field]} column={column} />
  const head = (key: 'name_short' | 'mobile' | 'email' | 'state' | 'reported_at' | 'expires_at' | 'invitation' | 'manager') => t(`development.field.${key}`)
  return [
    { key: 'name', header: head('name_short'), tools: eye(head('name_short'), 'name'), width: 118, card: 'lead', isFixed: true, cell: (row) => <NameCell row={row} /> },
    {
      key: 'mobile', header: head('mobile'), tools: eye(head('mobile'), 'mobile'), width: 158, isFixed: sought.includes('mobile'),
      cell: (row) => <MaskedText id={row.id} field="mobile" masked={row.mobileMasked} label={head('mobile')} />,
    },
    { key: 'email', header: head('email'), tools: eye(head('email'), 'email', (row) => row.emailMasked !== null), width: isEnglish ? 182 : 168, card: 'full', isFixed: true, cell: (row) => <EmailCell row={row} /> },
    { key: 'state', header: head('state'), width: isEnglish ? 122 : 124, card: 'state', isFixed: true, cell: (row) => <StateCell row={row} /> },
    { key: 'reportedAt', header: head('reported_at'), width: 88, sort: 'reportedAt', cell: (row) => <Time at={row.reportedAt} /> },
    { key: 'expiresAt', header: head('expires_at'), width: 104, sort: 'expiresAt', cell: (row) => <ExpiryCell row={row} /> },
    { key: 'invitation', header: head('invitation'), width: 132, cell: (row) => <InvitationCell row={row} /> },
    {
      key: 'manager', header: head('manager'), tools: eye(head('manager'), 'manager', (row) => row.manager !== null), width: 88,
      cell: (row) => (row.manager ? <MaskedText id={row.id} field="manager" masked={row.manager.nameMasked} label={head('manager')} hasEye={false} /> : <span className="quiet">{t('development.unassigned')}</span>),
    },
  ]
}
