import { useTranslation } from '#src/i18n/use-translation.ts'
import type { WhitelistEntry } from '#contract/coupon-whitelist.ts'
import { ColumnEye } from '#src/components/ColumnEye.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'

/** The columns of the whitelist. @param rows in view, for the eyes of the columns. */
export function useWhitelistColumns(rows: readonly WhitelistEntry[]): readonly Column<WhitelistEntry>[] {
  const { t } = useTranslation()
  const ids = rows.map(({ id }) => id)
  return [
    {
      key: 'name', header: t('whitelist.field.name'), width: 240, card: 'lead', isFixed: true, cell: (row) => <MaskedText id={row.id} field="name" masked={row.nameMasked} label={t('whitelist.field.name')} />,
      tools: <ColumnEye ids={ids} fields={['name']} column={t('whitelist.field.name')} />,
    },
    {
      key: 'account', header: t('whitelist.field.account'), width: 200, card: 'full', cell: (row) => <MaskedText id={row.id} field="accountName" masked={row.accountNameMasked} label={t('whitelist.field.account')} />,
      tools: <ColumnEye ids={ids} fields={['accountName']} column={t('whitelist.field.account')} />,
    },
    { key: 'memberOf', header: t('whitelist.field.member_of'), width: 180, cell: (row) => row.memberOfMasked ?? <span className="quiet">–</span> },
    { key: 'version', header: t('whitelist.field.version'), width: 90, isNumber: true, cell: (row) => row.version },
    { key: 'addedAt', header: t('whitelist.field.added_at'), width: 160, sort: 'addedAt', cell: (row) => <Time at={row.addedAt} /> },
  ]
}
