import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { IssuedQuota } from '#contract/reseller-quotas.ts'
import { ColumnEye } from '#src/components/ColumnEye.tsx'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { lastInstant } from '#src/coupons/last-day.ts'
import { quotaLook } from '#src/coupons/looks.ts'
import { paths } from '#src/paths.ts'

/** The columns of what was given to resellers. @param rows in view, for the eye of the names. */
export function useIssuedColumns(rows: readonly IssuedQuota[]): readonly Column<IssuedQuota>[] {
  const { t } = useTranslation()
  const name = t('reseller_quotas.field.reseller')
  return [
    { key: 'number', header: t('reseller_quotas.field.number'), width: 160, card: 'lead', isFixed: true, cell: (row) => <span className="cell">{row.number}<CopyButton text={row.number} what={t('reseller_quotas.field.number')} /></span> },
    {
      key: 'reseller', header: name, width: 136, card: 'full', isFixed: true, tools: <ColumnEye ids={[...new Set(rows.map(({ reseller }) => reseller.id))]} fields={['name']} column={name} />,
      cell: ({ reseller }) => <span className="stack"><MaskedText id={reseller.id} field="name" masked={reseller.nameMasked} label={name} /><span className="cell">{reseller.account}<CopyButton text={reseller.account} what={t('reseller_quotas.field.account')} /></span></span>,
    },
    { key: 'amount', header: t('reseller_quotas.field.amount'), width: 100, isNumber: true, cell: (row) => <MoneyText amount={row.amount} /> },
    { key: 'used', header: t('reseller_quotas.field.used'), width: 96, isNumber: true, cell: (row) => <span className="quiet"><MoneyText amount={row.used} /></span> },
    { key: 'left', header: t('reseller_quotas.field.left'), width: 100, isNumber: true, sort: 'left', isFixed: true, cell: (row) => <MoneyText amount={row.left} isStrong /> },
    { key: 'source', header: t('reseller_quotas.field.source'), width: 148, cell: (row) => <Link to={paths.coupons({ number: row.source.number })}>{row.source.number}</Link> },
    { key: 'validTo', header: t('reseller_quotas.field.valid_to'), width: 98, cell: (row) => <Time at={lastInstant(row.validTo)} look="day" /> },
    { key: 'issuedAt', header: t('reseller_quotas.field.issued_at'), width: 104, sort: 'issuedAt', cell: (row) => <Time at={row.issuedAt} /> },
    { key: 'state', header: t('reseller_quotas.field.state'), width: 98, card: 'state', isFixed: true, cell: (row) => <StatusTag {...quotaLook[row.state]}>{t(`reseller_quotas.state.${row.state}`)}</StatusTag> },
  ]
}
