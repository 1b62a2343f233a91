import { memo } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { RevealField } from '#contract/reveals.ts'
import type { queryCustomers } from '#contract/customers.ts'
import type { Answer } from '#contract/endpoint.ts'
import { ColumnEye } from '#src/components/ColumnEye.tsx'
import { HelpTip } from '#src/components/HelpTip.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { Meter } from '#src/components/Meter.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { NumberText } from '#src/components/NumberText.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { CustomerLink } from './CustomerLink.tsx'
import { CustomerState } from './CustomerState.tsx'
import { Matched } from './Matched.tsx'

export type FoundCustomer = Answer<typeof queryCustomers>['items'][number]

/** @param rows of the page in view, for the eyes in the heads. @param sought kinds of the look-up; a column that was looked up is always shown.
 *  @returns the list's columns. Widths fit a 1440 wide screen in both languages. */
export function useCustomerColumns(rows: readonly FoundCustomer[], sought: readonly string[]): readonly Column<FoundCustomer>[] {
  const { t, i18n } = useTranslation()
  const isEnglish = i18n.language === 'en-US'
  const eye = (column: string, fields: readonly RevealField[], has: (row: FoundCustomer) => boolean = () => true) =>
    <ColumnEye ids={rows.filter(has).map((row) => row.id)} fields={fields} column={column} />
  const head = (key: 'name' | 'number' | 'type' | 'associated_at' | 'mobile' | 'email' | 'tag' | 'manager' | 'expenditure' | 'balance' | 'budget_used' | 'state' | 'next_expiry') => t(`customers.field.${key}`)
  return [
    { key: 'name', header: head('name'), tools: eye(head('name'), ['name', 'accountName']), width: isEnglish ? 140 : 160, card: 'lead', isFixed: true, cell: (row) => <NameCell row={row} /> },
    { key: 'number', header: head('number'), width: 116, card: 'skip', cell: (row) => <NumberCell row={row} /> },
    { key: 'type', header: head('type'), width: isEnglish ? 64 : 68, card: 'skip', cell: (row) => t(`customers.type.${row.associationType}`) },
    { key: 'associatedAt', header: head('associated_at'), width: 112, sort: 'associatedAt', isHiddenByDefault: true, cell: (row) => <Time at={row.associatedAt} look="day" /> },
    { key: 'mobile', header: head('mobile'), tools: eye(head('mobile'), ['mobile'], (row) => row.mobileMasked !== null), width: isEnglish ? 158 : 160, isFixed: sought.includes('mobile'), cell: (row) => <MobileCell row={row} /> },
    { key: 'email', header: head('email'), tools: eye(head('email'), ['email'], (row) => row.emailMasked !== null), width: 220, isHiddenByDefault: true, isFixed: sought.includes('email'), cell: (row) => <EmailCell row={row} /> },
    { key: 'tag', header: head('tag'), width: 120, isHiddenByDefault: true, isFixed: rows.some((row) => row.matched.includes('tag')), cell: (row) => <TagCell row={row} /> },
    { key: 'manager', header: head('manager'), tools: eye(head('manager'), ['manager'], (row) => row.manager !== null), width: 86, cell: (row) => <ManagerCell row={row} /> },
    { key: 'expenditure', header: head('expenditure'), width: 96, isNumber: true, sort: 'monthExpenditure', cell: (row) => <MoneyText amount={row.monthExpenditure} /> },
    { key: 'balance', header: head('balance'), width: isEnglish ? 92 : 96, isNumber: true, sort: 'balance', cell: (row) => <MoneyText amount={row.balance} /> },
    { key: 'budget', header: head('budget_used'), width: isEnglish ? 108 : 106, sort: 'budgetUsed', isSized: true, card: 'skip', cell: (row) => <BudgetCell row={row} /> },
    { key: 'state', header: head('state'), width: isEnglish ? 120 : 134, card: 'state', cell: (row) => <CustomerState row={row} /> },
    { key: 'nextExpiry', header: head('next_expiry'), width: 150, sort: 'nextExpiry', isHiddenByDefault: true, cell: (row) => (row.nextExpiry ? <Time at={row.nextExpiry} look="day" /> : <span className="quiet">–</span>) },
  ]
}

// Remembered per row: ticking one row draws no other anew.
const NameCell = memo(function NameCell({ row }: { row: FoundCustomer }) {
  const { t } = useTranslation()
  return (
    <span className="stack customer-name">
      <span className="matchable">
        <MaskedText id={row.id} field="name" masked={row.nameMasked} label={t('customers.field.customer_name')}>{(text) => <CustomerLink id={row.id} text={text} />}</MaskedText>
        <Matched fields={row.matched} field="name" />
      </span>
      <span className="matchable">
        <MaskedText id={row.id} field="accountName" masked={row.accountNameMasked} label={t('customers.field.account_name')} hasEye={false} />
        <Matched fields={row.matched} field="accountName" />
      </span>
    </span>
  )
})

const NumberCell = memo(function NumberCell({ row }: { row: FoundCustomer }) {
  const { t } = useTranslation()
  return <span className="matchable"><NumberText number={row.number} what={t('customers.field.number')} /><Matched fields={row.matched} field="number" /></span>
})

const MobileCell = memo(function MobileCell({ row }: { row: FoundCustomer }) {
  const { t } = useTranslation()
  if (row.mobileMasked === null) return <span className="cell quiet">{t('customers.no_mobile')}<HelpTip what={t('customers.no_mobile')} text={t('customers.no_mobile_help')} /></span>
  return <span className="matchable"><MaskedText id={row.id} field="mobile" masked={row.mobileMasked} label={t('customers.field.mobile')} /><Matched fields={row.matched} field="mobile" /></span>
})

const EmailCell = memo(function EmailCell({ row }: { row: FoundCustomer }) {
  const { t } = useTranslation()
  if (row.emailMasked === null) return <span className="quiet">–</span>
  return <span className="matchable"><MaskedText id={row.id} field="email" masked={row.emailMasked} label={t('customers.field.email')} /><Matched fields={row.matched} field="email" /></span>
})

const TagCell = memo(function TagCell({ row }: { row: FoundCustomer }) {
  if (row.tag === '') return <span className="quiet">–</span>
  return <span className="matchable"><span title={row.tag}><StatusTag isLabel>{row.tag}</StatusTag></span><Matched fields={row.matched} field="tag" /></span>
})

const ManagerCell = memo(function ManagerCell({ row }: { row: FoundCustomer }) {
  const { t } = useTranslation()
  if (!row.manager) return <span className="quiet">{t('customers.unassigned')}</span>
  return <MaskedText id={row.id} field="manager" masked={row.manager.nameMasked} label={t('customers.field.manager')} hasEye={false} />
})

const BudgetCell = memo(function BudgetCell({ row }: { row: FoundCustomer }) {
  const { t } = useTranslation()
  if (row.budget) return <Meter percent={row.budget.usedPercent} />
  return <span className="quiet">{row.associationType === 'REFERRAL' ? '–' : t('customers.no_budget')}</span>
})
