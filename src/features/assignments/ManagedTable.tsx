import type { TFunction } from 'i18next'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { AssignedCustomer, ManagerRow } from '#contract/assignments.ts'
import { assignmentBatchMax } from '#contract/page.ts'
import { AssociationType } from '#contract/customers.ts'
import { Button } from '#src/components/Button.tsx'
import { ColumnEye } from '#src/components/ColumnEye.tsx'
import { DataTable } from '#src/components/DataTable.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { type Filter, isSet } from '#src/components/filter-types.ts'
import { IconButton } from '#src/components/IconButton.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { Menu } from '#src/components/Menu.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { NumberText } from '#src/components/NumberText.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import type { Selection } from '#src/components/use-selection.ts'
import { mobileOrLast4, namePart } from '#src/lib/look-up.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import type { ManagedDialog } from './ManagedPage.tsx'
import type { ManagedList } from './use-managed-list.ts'

type Props = { managed: ManagedList; manager: ManagerRow | undefined; selection: Selection<AssignedCustomer>; onOpen: (dialog: ManagedDialog) => void }
const words = (row: AssignedCustomer) => `${row.nameMasked} ${row.number}`

/** One manager's customers: found, filtered, revealed, and reclaimed one by one or ticked. */
export function ManagedTable({ managed, manager, selection, onOpen }: Props) {
  const { t, i18n } = useTranslation()
  const { list, result, lookup, setLookup, clear, isFiltered } = managed
  const mayAssign = useCan('org.assign')
  const filters = managedFilters(managed, t)
  const chosen = filters.filter(isSet)
  const tooMany = selection.count > assignmentBatchMax ? t('assignments.managed.too_many', { max: assignmentBatchMax }) : undefined
  return (
    <DataTable
      name="assigned" label={t('assignments.managed.list', { name: manager?.manager.nameMasked ?? t('assignments.manager') })} columns={useColumns(result.data?.items ?? [])} rowKey={(row) => row.id} rowLabel={words} result={result} list={list}
      {...(mayAssign && { selection, actions: (row: AssignedCustomer) => <Actions row={row} onOpen={onOpen} />, actionsWidth: i18n.language === 'en-US' ? 156 : 110 })}
      selectionText={tooMany}
      selectionActions={
        <>
          <Button isSmall disabledReason={tooMany} onPress={() => onOpen({ at: 'reclaim', rows: selection.rows })}>{t('assignments.managed.batch_reclaim')}</Button>
          <Button isSmall disabledReason={tooMany} onPress={() => onOpen({ at: 'handover', rows: selection.rows })}>{t('assignments.managed.hand_over_these')}</Button>
        </>
      }
      filters={<FilterBar search={{ label: t('assignments.managed.search'), value: lookup?.name ?? '', onChange: (name) => setLookup({ ...lookup, name }) }} filters={filters} inLine={Math.max(1, 4 - chosen.length)} onClear={clear} />}
      empty={{ title: t('assignments.managed.empty_title'), text: t('assignments.managed.empty_text') }}
      noMatch={{ title: t('assignments.managed.no_match'), text: t('assignments.managed.no_match_text'), chips: chosen.map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
      isFiltered={isFiltered} onClear={clear} foot={t('assignments.managed.foot_plain')}
    />
  )
}

/** The mobile travels in the request body; the others stand in the address. */
function managedFilters({ list: { filter, setFilter }, lookup, kept, setLookup }: ManagedList, t: TFunction): Filter[] {
  const keptText = (kind: 'name' | 'mobile') => (kept.includes(kind) ? t('assignments.kept_lookup') : undefined)
  return [
    ...(kept.includes('name') ? [{ kind: 'text' as const, key: 'name', label: t('assignments.managed.customer_name'), value: undefined, kept: keptText('name'), check: namePart, onChange: (name: string | undefined) => setLookup({ ...lookup, name }) }] : []),
    { kind: 'text', key: 'mobile', label: t('assignments.managed.mobile'), value: lookup?.mobile, kept: keptText('mobile'), isPersonal: true, hint: t('assignments.managed.hint_mobile'), check: mobileOrLast4, onChange: (mobile) => setLookup({ ...lookup, mobile }) },
    {
      kind: 'choice', key: 'type', label: t('assignments.managed.type'), value: filter.associationType, options: AssociationType.options.map((value) => ({ value, label: t(`assignments.managed.types.${value}`) })),
      onChange: (value) => setFilter({ associationType: AssociationType.options.find((one) => one === value) }),
    },
    { kind: 'days', key: 'assigned', label: t('assignments.managed.assigned_at'), from: filter.from, to: filter.to, onChange: ({ from, to }) => setFilter({ from, to }) },
  ]
}

function useColumns(rows: readonly AssignedCustomer[]): Column<AssignedCustomer>[] {
  const { t, i18n } = useTranslation()
  const isEnglish = i18n.language === 'en-US'
  const name = t('assignments.managed.name')
  return [
    { key: 'name', header: name, tools: <ColumnEye ids={rows.map((row) => row.id)} fields={['name', 'accountName']} column={name} />, width: 210, card: 'lead', isFixed: true, cell: (row) => <NameCell row={row} /> },
    { key: 'number', header: t('assignments.managed.number'), width: 140, cell: (row) => <NumberText number={row.number} what={t('assignments.managed.number')} /> },
    { key: 'type', header: t('assignments.managed.type'), width: 100, card: 'state', cell: (row) => <TypeCell row={row} /> },
    { key: 'assignedAt', header: t('assignments.managed.assigned_at'), width: 150, sort: 'assignedAt', cell: (row) => <Time at={row.assignedAt} /> },
    { key: 'countsFrom', header: t('assignments.managed.counts_from'), width: 120, cell: (row) => row.countsFrom },
    { key: 'expenditure', header: t('assignments.managed.expenditure'), width: isEnglish ? 160 : 130, isNumber: true, sort: 'monthExpenditure', cell: (row) => <MoneyText amount={row.monthExpenditure} /> },
  ]
}

/** The association type; of a customer whom a plan will move also that, with whom and when. */
function TypeCell({ row }: { row: AssignedCustomer }) {
  const { t } = useTranslation()
  const type = t(`assignments.managed.types.${row.associationType}`)
  if (!row.planned) return type
  const plan = t('assignments.managed.planned_text', { to: row.planned.to.nameMasked, day: row.planned.day })
  return <span className="stack"><span>{type}</span><Link to={paths.assignments({ tab: 'handovers', state: 'PLANNED' })} title={plan} aria-label={`${t('assignments.managed.planned')}: ${plan}`}><StatusTag tone="info">{t('assignments.managed.planned')}</StatusTag></Link></span>
}

function NameCell({ row }: { row: AssignedCustomer }) {
  const { t } = useTranslation()
  const seesCustomers = useCan('customer.view')
  return (
    <span className="stack">
      <MaskedText id={row.id} field="name" masked={row.nameMasked} label={t('assignments.managed.customer_name')}>{(text) => (seesCustomers ? <Link data-open to={paths.customer(row.id)}>{text}</Link> : text)}</MaskedText>
      <MaskedText id={row.id} field="accountName" masked={row.accountNameMasked} label={t('assignments.managed.account_name')} hasEye={false} />
    </span>
  )
}

function Actions({ row, onOpen }: { row: AssignedCustomer; onOpen: Props['onOpen'] }) {
  const { t } = useTranslation()
  const label = t('common.more_actions', { row: words(row) })
  return (
    <>
      <Button variant="row" onPress={() => onOpen({ at: 'reclaim', rows: [row] })}>{t('assignments.managed.reclaim')}</Button>
      <Menu label={label} items={[{ key: 'handover', label: t('assignments.hand_over'), ...(row.planned && { disabledReason: t('assignments.managed.planned_reason', { number: row.planned.number }) }), onPress: () => onOpen({ at: 'handover', rows: [row] }) }, { key: 'history', label: t('assignments.managed.customer_history'), to: paths.assignments({ tab: 'history', customerId: row.id }) }]}>
        {(trigger) => <IconButton icon="more" label={label} {...trigger} />}
      </Menu>
    </>
  )
}
