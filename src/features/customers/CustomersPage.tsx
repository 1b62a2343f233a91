import './customers.css'
import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react'
import { loadRest } from '#src/i18n/i18n.ts'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Outlet } from 'react-router'
import { ApiError } from '#src/api/api-error.ts'
import { Button } from '#src/components/Button.tsx'
import { DataTable } from '#src/components/DataTable.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { isSet } from '#src/components/filter-types.ts'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { type Selection, useSelection } from '#src/components/use-selection.ts'
import { useCouponRights } from '#src/coupons/use-coupon-rights.ts'
import { formatClock, formatCount, zoneName } from '#src/lib/format.ts'
import { emailOrLast4, mobileOrLast4 } from '#src/lib/look-up.ts'
import { usePhone } from '#src/lib/use-media.ts'
import { useCan, useSession } from '#src/session/use-session.ts'
import { CustomerActions } from './CustomerActions.tsx'
import { customerFilters, sortFilter } from './customer-filters.ts'
import { SelectionActions, SelectionText } from './CustomerSelection.tsx'
import { rowWords } from './labels.ts'
import { mayEver } from './money-rules.ts'
import { NoCustomers } from './NoCustomers.tsx'
import { type FoundCustomer, useCustomerColumns } from './use-customer-columns.tsx'
import { useMover } from './use-mover.ts'
import { type CustomerList, useCustomerList } from './use-customer-list.ts'

const ExportDialog = lazy(async () => ({ default: (await import('#src/components/ExportDialog.tsx')).ExportDialog }))
// The list opens before all texts are there; the dialog has some of them.
const TagDialog = lazy(async () => {
  const [{ TagDialog: component }] = await Promise.all([import('./TagDialog.tsx'), loadRest()])
  return { default: component }
})

type Open = { at: 'export'; ids: readonly string[] } | { at: 'tag'; row: FoundCustomer }

/** The associated customers: found, filtered, revealed, ticked. */
export const CustomersPage = () => (useCan('customer.view') ? <Customers /> : <NoCustomers />)

function Customers() {
  const { t } = useTranslation()
  const customers = useCustomerList()
  const [open, setOpen] = useState<Open>()
  const mayExport = useCan('customer.export')
  const { list, result, isFiltered } = customers
  const selection = useSelection<FoundCustomer>((row) => row.id)
  const chosenIds = selection.rows.map((row) => row.id)
  const total = result.data?.total
  const close = () => setOpen(undefined)
  return (
    <RevealProvider page="/customers" viewKey={list.viewKey}>
      <Page name="customers">
        <PageHead
          title={t('customers.title')}
          count={total === undefined ? undefined : t(isFiltered ? 'customers.count_filtered' : 'customers.count', { count: total, replace: { count: formatCount(total) } })}
          actions={mayExport && <Button icon="download" onPress={() => setOpen({ at: 'export', ids: chosenIds })}>{t('customers.export')}</Button>}
        />
        {isViewGone(customers) ? <EmptyState kind="no-match" title={t('customers.view_gone')} text={t('customers.no_match_text')} onClear={customers.clear} /> : <List customers={customers} selection={selection} onOpen={setOpen} />}
        <Suspense>
          {open?.at === 'export' && <ExportDialog request={customers.exportRequest} total={total} selectedIds={open.ids} onClose={close} />}
          {open?.at === 'tag' && <TagDialog customer={open.row} suggestions={customers.choices?.tags ?? []} onClose={close} />}
        </Suspense>
        <Outlet />
      </Page>
    </RevealProvider>
  )
}

function List({ customers, selection, onOpen }: { customers: CustomerList; selection: Selection<FoundCustomer>; onOpen: (open: Open) => void }) {
  const { t } = useTranslation()
  const isPhone = usePhone()
  const { list, result, lookup, setLookup, clear, address, isFiltered } = customers
  const rows = result.data?.items ?? []
  const columns = useCustomerColumns(rows, result.data?.lookupKinds ?? [])
  const filters = customerFilters(customers, t)
  const chosen = filters.filter(isSet)
  const empty = useEmptyTexts()
  const mover = useMover()
  const mayAssign = useCan('org.assign')
  const mayExport = useCan('customer.export')
  const { issuable } = useCouponRights()
  // Ticking rows leads nowhere for people who can neither move money nor issue coupons nor assign nor export.
  const hasBulk = mayExport || mayAssign || issuable.length > 0 || mayEver(mover, 'allocate') || mayEver(mover, 'reclaim')
  const editTag = useCallback((row: FoundCustomer) => onOpen({ at: 'tag', row }), [onOpen])
  const exportRow = useCallback((row: FoundCustomer) => onOpen({ at: 'export', ids: [row.id] }), [onOpen])
  return (
    <DataTable
      name="customers" label={t('customers.list')} columns={columns} rowKey={(row) => row.id} rowLabel={rowWords} result={result} list={list}
      {...(hasBulk && { selection })} selectionText={<SelectionText selection={selection} />}
      selectionActions={<SelectionActions selection={selection} address={address} onExport={() => onOpen({ at: 'export', ids: selection.rows.map((row) => row.id) })} />}
      filters={<FilterBar search={{ label: t('customers.search'), value: lookup?.name ?? '', onChange: (name) => setLookup({ ...lookup, name }) }} filters={isPhone ? [...filters, sortFilter(customers, t)] : filters} inLine={Math.max(1, 4 - chosen.length)} onClear={clear} />}
      actions={(row) => <CustomerActions row={row} address={address} onEditTag={editTag} onExport={exportRow} />}
      actionsWidth={t('customers.allocate').length > 4 ? 154 : 112}
      empty={empty}
      noMatch={{ title: t('customers.no_match'), text: t('customers.no_match_text'), chips: <NoMatchChips customers={customers}>{chosen.map((filter) => <SetFilter key={filter.key} filter={filter} />)}</NoMatchChips> }}
      isFiltered={isFiltered} onClear={clear}
      foot={result.data && <Foot asOf={result.data.asOf} hasMatches={result.data.lookupKinds.length > 0} />}
    />
  )
}

/** Somebody who types a mobile or mail into the text field gets the right look-up in one press. */
function NoMatchChips({ customers: { lookup, setLookup }, children }: { customers: CustomerList; children: ReactNode }) {
  const { t } = useTranslation()
  const name = lookup?.name
  const isMobile = name !== undefined && mobileOrLast4(name) === undefined
  const isEmail = name !== undefined && name.includes('@') && emailOrLast4(name) === undefined
  return (
    <>
      {children}
      {isMobile && <Button isSmall onPress={() => setLookup({ ...lookup, name: undefined, mobile: name })}>{t('customers.try_mobile')}</Button>}
      {isEmail && <Button isSmall onPress={() => setLookup({ ...lookup, name: undefined, email: name })}>{t('customers.try_email')}</Button>}
    </>
  )
}

function Foot({ asOf, hasMatches }: { asOf: string; hasMatches: boolean }) {
  const { t } = useTranslation()
  return <>{t('customers.foot', { time: `${formatClock(asOf).slice(0, 5)} (${zoneName(asOf)})` })}{hasMatches && <> {t('customers.matched_note')}</>}</>
}

/** Who sees only assigned customers is told so. */
function useEmptyTexts(): { title: string; text: string } {
  const { t } = useTranslation()
  const { member } = useSession()
  const isScoped = member.reach !== 'partner'
  return isScoped ? { title: t('customers.empty_scope_title'), text: t('customers.empty_scope_text') } : { title: t('customers.empty_title'), text: t('customers.empty_text') }
}

/** An address with a look-up that the server no longer keeps, e.g. from an earlier sign-in or from somebody else. */
const isViewGone = ({ result, list }: CustomerList): boolean =>
  list.view !== undefined && result.error instanceof ApiError && result.error.failure.code === 'not_found'
